import { setTimeout as pause } from "node:timers/promises";
import { test as base, expect, lilei } from "./fixtures";
import { postSilentCode } from "./sign-in";
import { openTicket } from "./tickets";
import { startWorld } from "./world";

/** Each test stops an app of its own. */
const test = base.extend<{ settings: Record<string, string> }>({
  settings: [{}, { option: true }],
  world: async ({ settings }, use) => {
    const world = await startWorld(settings);
    await use(world);
    await world.stop();
  },
});

test.describe.configure({ timeout: 120_000 });

test("S45 a stop answers the sign-in that is in progress", async ({ context, dingtalk, world }) => {
  await dingtalk.fault({ path: "/topapi/v2/user/getuserinfo", times: 1, fault: { kind: "delayMs", delayMs: 1500 } });
  const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
  const signingIn = postSilentCode(context, code);
  await expect.poll(() => dingtalk.calls("/topapi/v2/user/getuserinfo")).toHaveLength(1);
  await pause(400);
  const stopping = world.stop();
  expect((await signingIn).status()).toBe(200);
  await stopping;
  expect(world.log().split('"msg":"stopping"')[1]).toContain('"msg":"stopped"');
  expect(world.log()).not.toContain('"level":50');
});

test("S45 an idle app stops within three seconds, with an open event stream and a kept connection", async ({
  context,
  world,
}) => {
  const ticket = await openTicket(context);
  const { cookies } = await context.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const stream = await fetch(`${world.url}/api/tickets/${ticket.id}/events`, { headers: { cookie } });
  expect(stream.status).toBe(200);
  const startedAt = Date.now();
  await world.stop();
  expect(Date.now() - startedAt).toBeLessThan(3000);
  expect(await stream.text()).toContain('"state":"waiting"');
  expect(world.log()).toContain('"msg":"stopped"');
});

test.describe("with a limit of one second", () => {
  test.use({ settings: { STOP_TIMEOUT_SECONDS: "1" } });

  test("S45 a request that takes longer is cut", async ({ context, dingtalk, world }) => {
    await dingtalk.fault({ path: "/topapi/v2/user/getuserinfo", times: 1, fault: { kind: "hang" } });
    const signingIn = postSilentCode(context, await dingtalk.mintCode({ kind: "silent", userid: lilei.userid }));
    const outcome = signingIn.then(
      ({ status }) => status(),
      () => "cut",
    );
    await expect.poll(() => dingtalk.calls("/topapi/v2/user/getuserinfo")).toHaveLength(1);
    await world.stop();
    expect(await outcome).toBe("cut");
    expect(world.log()).toContain('"unanswered":1');
  });
});
