import { type Balancer, startBalancer } from "./balancer";
import { test as base, expect, lilei } from "./fixtures";
import { findPostgres, startPostgres } from "./postgres";
import { expectProfileOf, isIn } from "./sign-in-methods";
import { allow, approve, codeOn, expectOnPhone, nextTicket, scanWith } from "./tickets";
import { startWorld, type World } from "./world";

/** Which process the desktops' requests go to, and which the phones'. */
type Routes = { desktop: string; phone: string };

type Company = { first: World; second: World; routes: Routes; startAnother: () => Promise<World>; balancer: Balancer };

const postgres = findPostgres();

/** Processes of the app on one PostgreSQL, behind one address; all of them meet the first one's sandbox. */
const test = base.extend<object, { company: Company; sharedWorld: World }>({
  company: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      if (!postgres) throw new Error("There is no PostgreSQL.");
      const database = await startPostgres(postgres);
      const routes: Routes = { desktop: "", phone: "" };
      const isPhone = (userAgent = "") => userAgent.includes("DingTalk");
      const balancer = await startBalancer(({ headers }) =>
        isPhone(headers["user-agent"]) ? routes.phone : routes.desktop,
      );
      const settings = { DATABASE_URL: database.url, NEXTAUTH_URL: balancer.url, LOGIN_QR: "ticket" };
      const first = await startWorld(settings);
      const { url } = first.dingtalk;
      const dingtalk = { DINGTALK_API_URL: url, DINGTALK_OAPI_URL: url, DINGTALK_LOGIN_URL: url };
      const startAnother = () => startWorld({ ...settings, ...dingtalk });
      const second = await startAnother();
      await use({ first, second, routes, startAnother, balancer });
      for (const { stop } of [second, first, balancer, database]) await stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  sharedWorld: [
    async ({ company: { first, second, balancer } }, use) => {
      await use({
        ...first,
        url: balancer.url,
        log: () => first.log() + second.log(),
        unread: () => first.unread() + second.unread(),
      });
    },
    { scope: "worker" },
  ],
});

// biome-ignore lint/suspicious/noSkippedTests: decided at run time and told with its reason; a PostgreSQL server is nothing that npm installs.
test.skip(postgres === null, "no PostgreSQL server is installed on this machine");

test("opened on one process and allowed on another, the desktop hears it and is in", async ({
  page,
  openDingTalk,
  company: { first, second, routes },
}) => {
  Object.assign(routes, { desktop: first.url, phone: second.url });
  const polls: string[] = [];
  page.on("request", (request) => {
    if (/\/api\/tickets\/[\w-]+$/.test(request.url()) && request.method() === "GET") polls.push(request.url());
  });
  const next = nextTicket(page);
  await page.goto("/login");
  const ticket = await next;
  await expect(codeOn(page)).toBeVisible();
  const phone = await openDingTalk({ person: lilei });
  await scanWith(phone, ticket);
  await expect(page.getByText("李雷已扫码，请在手机上确认")).toBeVisible();
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, lilei);
  expect(polls).toEqual([]);
  expect(second.log()).toContain("dingtalk call");
});

test("S25 a session ended on one process is over on the other with the very next request", async ({
  page,
  openDingTalk,
  hire,
  company: { first, second, routes },
}) => {
  Object.assign(routes, { desktop: first.url, phone: second.url });
  const person = await hire();
  const phone = await openDingTalk({ person });
  const next = nextTicket(page);
  await page.goto("/login");
  await approve(phone, await next);
  await expectProfileOf(page, person);
  await phone.page.goto("/sessions");
  await phone.page.getByRole("button", { name: /^退出 Chrome/ }).click();
  await expect(phone.page.getByText("只有这台设备登录着。")).toBeVisible();
  expect(await isIn(page.context())).toBe(false);
});

test("when the process that a desktop waits at stops, the desktop goes on at another", async ({
  page,
  openDingTalk,
  complaints,
  company: { first, second, routes, startAnother },
}) => {
  complaints.allow(/ERR_/, "the browser reports the line that ends with its server");
  const leaving = await startAnother();
  Object.assign(routes, { desktop: leaving.url, phone: second.url });
  const next = nextTicket(page);
  await page.goto("/login");
  const ticket = await next;
  await expect(codeOn(page)).toBeVisible();
  routes.desktop = first.url;
  await leaving.stop();
  await approve(await openDingTalk({ person: lilei }), ticket);
  await expectProfileOf(page, lilei);
});
