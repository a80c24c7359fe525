import { test } from "./clock";
import { expect, lilei } from "./fixtures";
import { allow, approve, expectOnPhone, openTicket, redeem, scanWith, stateOf } from "./tickets";

test("S16 a ticket that nobody scanned for two minutes cannot be scanned any more", async ({
  context,
  openDingTalk,
  wait,
}) => {
  const ticket = await openTicket(context);
  wait(121);
  expect(await stateOf(context, ticket)).toBe("expired");
  const phone = await openDingTalk({ person: lilei });
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "二维码过期了");
});

test("S16 a ticket that ran out under the phone's thumb lets nobody in", async ({ context, openDingTalk, wait }) => {
  const ticket = await openTicket(context);
  const phone = await openDingTalk({ person: lilei });
  await scanWith(phone, ticket);
  wait(121);
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "二维码过期了");
  expect((await redeem(context, ticket)).status()).toBe(401);
});

test("S16 a ticket that was allowed but not used in its time is worth nothing", async ({
  context,
  openDingTalk,
  wait,
}) => {
  const ticket = await openTicket(context);
  await approve(await openDingTalk({ person: lilei }), ticket);
  wait(121);
  const late = await redeem(context, ticket);
  expect(late.status()).toBe(401);
  expect((await late.json()).url).toContain("error=ticket_expired");
  expect(await stateOf(context, ticket)).toBe("expired");
});
