import { test } from "./clock";
import { expect, lilei } from "./fixtures";
import { approve, expectOnPhone, openTicket, redeemTicket, scanAndApprove, scanTicket, ticketState } from "./tickets";

test("S16 a ticket that was not scanned within two minutes cannot be scanned any more", async ({
  context,
  openDingTalk,
  advanceClock,
}) => {
  const ticket = await openTicket(context);
  advanceClock(121);
  expect(await ticketState(context, ticket)).toBe("expired");
  const phone = await openDingTalk({ person: lilei });
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "二维码过期了");
});

test("S16 a ticket that expires between scan and tap cannot be approved", async ({
  context,
  openDingTalk,
  advanceClock,
}) => {
  const ticket = await openTicket(context);
  const phone = await openDingTalk({ person: lilei });
  await scanTicket(phone, ticket);
  advanceClock(121);
  await approve(phone, ticket.number);
  await expectOnPhone(phone, "二维码过期了");
  expect((await redeemTicket(context, ticket)).status()).toBe(401);
});

test("S16 an approved ticket that was not used in time cannot be used", async ({
  context,
  openDingTalk,
  advanceClock,
}) => {
  const ticket = await openTicket(context);
  await scanAndApprove(await openDingTalk({ person: lilei }), ticket);
  advanceClock(121);
  const late = await redeemTicket(context, ticket);
  expect(late.status()).toBe(401);
  expect((await late.json()).url).toContain("error=ticket_expired");
  expect(await ticketState(context, ticket)).toBe("expired");
});
