import { expectReadable } from "./accessibility";
import { test as base, expect, lilei } from "./fixtures";
import { findPostgres, type Postgres, startPostgres } from "./postgres";
import { enter, expectSignInPage } from "./sign-in";
import { startWorld, type World } from "./world";

const postgres = findPostgres();

/** An app with its own PostgreSQL server, which the test stops. */
const test = base.extend<{ database: Postgres; world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  database: async ({}, use) => {
    if (!postgres) throw new Error("There is no PostgreSQL.");
    const database = await startPostgres(postgres);
    await use(database);
    await database.stop();
  },
  world: async ({ database }, use) => {
    const world = await startWorld({ DATABASE_URL: database.url });
    await use(world);
    await world.stop();
  },
});

test.describe.configure({ timeout: 180_000 });
// biome-ignore lint/suspicious/noSkippedTests: decided and reported at run time, because npm cannot install a PostgreSQL server.
test.skip(postgres === null, "no PostgreSQL server is installed on this machine");

test("S25 S35 while the database is down no browser is signed out, and every page says what happened", async ({
  page,
  context,
  openBrowser,
  dingtalk,
  database,
  consoleErrors,
}) => {
  consoleErrors.allow(/50[03]|#441/, "the browser reports the pages that need the database");
  await enter(context, dingtalk, lilei);
  const before = (await context.cookies()).find(({ name }) => name === "session");
  await page.goto("/profile");
  await database.stop();

  await page.getByRole("link", { name: "登录设备" }).click();
  const message = page.getByRole("heading", { level: 1, name: "暂时无法确认登录状态" });
  await expect(message).toBeVisible();
  await page.goto("/profile");
  await expect(page.getByText("你没有被退出")).toBeVisible();
  await expectReadable(page, message);

  const session = await context.request.get("/api/auth/session");
  expect(session.status()).toBe(503);
  expect(session.headers()).toMatchObject({ "retry-after": "10", "cache-control": "no-store" });
  expect(session.headers()["set-cookie"]).toBeUndefined();
  expect((await context.request.get("/api/ready")).status()).toBe(503);
  expect((await context.cookies()).find(({ name }) => name === "session")).toEqual(before);

  await page.goto("/login");
  await expectSignInPage(page);
  const plain = await openBrowser({ javaScriptEnabled: false });
  await plain.addCookies(await context.cookies());
  const withoutScripts = await plain.newPage();
  await withoutScripts.goto("/profile");
  await expect(withoutScripts.getByText("你没有被退出")).toBeVisible();
});
