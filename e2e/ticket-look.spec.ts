import { userAgents } from "../sandbox/user-agents";
import { expectReadable } from "./accessibility";
import { test } from "./fixtures";
import { enter, finishSignIn, startSignIn } from "./sign-in";
import { approve, headingOf, nextTicket, openTicket, scanTicket, showTicket, ticketQr, troubleWith } from "./tickets";

const still = { reducedMotion: "reduce" } as const;

test("a desktop's ticket is accessible while it waits, is scanned and is declined", async ({
  openBrowser,
  openDingTalk,
  employee,
}) => {
  const page = await (await openBrowser(still)).newPage();
  const phone = await openDingTalk({ person: employee });
  const ticket = await showTicket(page);
  await expectReadable(page, ticketQr(page));
  await scanTicket(phone, ticket);
  await expectReadable(page, page.getByText("已扫码，请在手机上确认"));
  await phone.page.getByRole("button", { name: "不是我，拒绝" }).click();
  await expectReadable(page, troubleWith(page, "手机上拒绝了这次登录"));
});

test("a code that is no longer renewed is accessible", async ({ openBrowser }) => {
  const page = await (await openBrowser(still)).newPage();
  await page.clock.install();
  await showTicket(page);
  for (let renewals = 1; renewals < 8; renewals += 1) {
    const next = nextTicket(page);
    await page.clock.fastForward(121_000);
    await page.getByText((await next).number, { exact: true }).waitFor();
  }
  await page.clock.fastForward(121_000);
  await expectReadable(page, troubleWith(page, "二维码已过期"));
});

test("the code that replaces DingTalk's is accessible", async ({ openBrowser, world, consoleErrors }) => {
  consoleErrors.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
  const page = await (await openBrowser(still)).newPage();
  await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
  await page.goto("/login");
  await expectReadable(page, ticketQr(page));
});

test("the phone's page is accessible, before and after the approval", async ({
  context,
  openBrowser,
  dingtalk,
  employee,
}) => {
  const holder = await openBrowser({ ...still, userAgent: userAgents.ios });
  await enter(holder, dingtalk, employee);
  const phone = { page: await holder.newPage() };
  const ticket = await openTicket(context);
  await scanTicket(phone, ticket);
  await expectReadable(phone.page, headingOf(phone, "让这台电脑登录吗？"));
  await approve(phone, ticket.number);
  await expectReadable(phone.page, headingOf(phone, "已允许登录"));
  await phone.page.goto(`/scan/${"x".repeat(43)}`);
  await expectReadable(phone.page, headingOf(phone, "没有这个二维码"));
});

test("the pages that refuse a phone are accessible", async ({ context, openBrowser, dingtalk, employee }) => {
  const { path } = await openTicket(context);
  const other = { page: await (await openBrowser(still)).newPage() };
  await other.page.goto(path);
  await expectReadable(other.page, headingOf(other, "请用钉钉打开"));
  const holder = await openBrowser({ ...still, userAgent: userAgents.android });
  const code = await dingtalk.mintCode({ kind: "auth", userid: employee.userid });
  await finishSignIn(holder, { code, state: await startSignIn(holder, "redirect") });
  const phone = { page: await holder.newPage() };
  await phone.page.goto(path);
  await expectReadable(phone.page, headingOf(phone, "请在钉钉里重新登录"));
});
