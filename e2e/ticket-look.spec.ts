import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { userAgents } from "../sandbox/user-agents";
import { expect, lilei, test } from "./fixtures";
import { allow, codeOn, expectOnPhone, expectTrouble, nextTicket, openTicket, scanWith, showTicket } from "./tickets";
import { begin, comeBack, enter } from "./ways-in";

const widths = [360, 1440];

/** Everybody can read the page as it stands, and nothing sticks out of it, narrow and wide. */
async function expectReadable(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const { wide, room } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      room: innerWidth,
    }));
    expect(wide).toBeLessThanOrEqual(room);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`a desktop's ticket can be read by everybody while it waits, is scanned and declined, ${colorScheme}`, async ({
    openBrowser,
    openDingTalk,
  }) => {
    const page = await (await openBrowser({ colorScheme, reducedMotion: "reduce" })).newPage();
    const phone = await openDingTalk({ person: lilei });
    const ticket = await showTicket(page);
    await expectReadable(page);
    await scanWith(phone, ticket);
    await expect(page.getByText("李雷已扫码，请在手机上确认")).toBeVisible();
    await expectReadable(page);
    await phone.page.getByRole("button", { name: "不是我，拒绝" }).click();
    await expectTrouble(page, "手机上拒绝了这次登录");
    await expectReadable(page);
  });

  test(`a code that is not renewed any more can be read by everybody, ${colorScheme}`, async ({ openBrowser }) => {
    const page = await (await openBrowser({ colorScheme, reducedMotion: "reduce" })).newPage();
    await page.clock.install();
    await showTicket(page);
    for (let renewals = 1; renewals < 8; renewals += 1) {
      const next = nextTicket(page);
      await page.clock.fastForward(121_000);
      await expect(page.getByText((await next).number, { exact: true })).toBeVisible();
    }
    await page.clock.fastForward(121_000);
    await expectTrouble(page, "二维码已过期");
    await expectReadable(page);
  });

  test(`the code that stands in for DingTalk's can be read by everybody, ${colorScheme}`, async ({
    openBrowser,
    world,
    complaints,
  }) => {
    complaints.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
    const page = await (await openBrowser({ colorScheme, reducedMotion: "reduce" })).newPage();
    await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
    await page.goto("/login");
    await expect(codeOn(page)).toBeVisible();
    await expectReadable(page);
  });

  test(`the phone's page can be read by everybody, before and after, ${colorScheme}`, async ({
    context,
    openBrowser,
    dingtalk,
  }) => {
    const holder = await openBrowser({ colorScheme, reducedMotion: "reduce", userAgent: userAgents.ios });
    await enter(holder, dingtalk, lilei);
    const phone = { page: await holder.newPage() };
    const ticket = await openTicket(context);
    await scanWith(phone, ticket);
    await expectReadable(phone.page);
    await allow(phone, ticket.number);
    await expectOnPhone(phone, "已允许登录");
    await expectReadable(phone.page);
    await phone.page.goto(`/scan/${"x".repeat(43)}`);
    await expectOnPhone(phone, "没有这个二维码");
    await expectReadable(phone.page);
  });

  test(`what sends a phone elsewhere can be read by everybody, ${colorScheme}`, async ({
    context,
    openBrowser,
    dingtalk,
  }) => {
    const { path } = await openTicket(context);
    const other = { page: await (await openBrowser({ colorScheme, reducedMotion: "reduce" })).newPage() };
    await other.page.goto(path);
    await expectOnPhone(other, "请用钉钉打开");
    await expectReadable(other.page);
    const holder = await openBrowser({ colorScheme, reducedMotion: "reduce", userAgent: userAgents.android });
    const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
    await comeBack(holder, { code, state: await begin(holder, "redirect") });
    const phone = { page: await holder.newPage() };
    await phone.page.goto(path);
    await expectOnPhone(phone, "请在钉钉里重新进入");
    await expectReadable(phone.page);
  });
}
