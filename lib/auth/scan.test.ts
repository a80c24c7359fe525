import { beforeEach, describe, expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { setRequest } from "../../test/next-headers";
import { sessionCookie, signInAs } from "../../test/viewer";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { rateLimits } from "../db/expiring-schema";
import { type SignInMethod } from "../sign-in-method";
import { createTicket, type NewTicket, viewTicket } from "../tickets/ticket";
import { decideScan, loadScan } from "./scan";

createWorld();

const desktop = { ip: "203.0.113.24", userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/156.0.0.0" };
const dingtalk = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AliApp(DingTalk/7.8.1)";
const secret = "the-ticket-secret-of-one-browser";
const lilei = buildEmployee("user0001", { name: "李雷" });
let ticket: NewTicket;

beforeEach(async () => {
  await db.delete(rateLimits);
  const opened = await createTicket(secret, desktop);
  if (!opened) throw new Error("no ticket");
  ticket = opened;
  setRequest({ headers: { "user-agent": dingtalk } });
});

/** Makes the next request come from a phone on the desktop's network, with a session of this method. */
async function signInOnPhone(method: SignInMethod, userAgent = dingtalk): Promise<void> {
  const sessionId = await signInAs(lilei, method);
  const cookies = await sessionCookie(sessionId);
  setRequest({ headers: { "user-agent": userAgent, "x-forwarded-for": desktop.ip }, cookies });
}

async function stateOfTicket() {
  return (await viewTicket({ id: ticket.id, secret }))?.state;
}

describe("opening the scan page", () => {
  test.each([
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) MicroMessenger/8.0.50",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
  ])("S19 in %s links to DingTalk and is no scan, even for a signed-in employee", async (userAgent) => {
    await signInOnPhone("silent", userAgent);
    const found = await loadScan(ticket.id);
    const link = new URL("link" in found ? found.link : "none:");
    expect([link.protocol, link.host, link.pathname]).toEqual(["dingtalk:", "dingtalkclient", "/page/link"]);
    expect(link.searchParams.get("url")).toBe(`${goodSettings.NEXTAUTH_URL}/scan/${ticket.id}`);
    expect(await stateOfTicket()).toBe("waiting");
  });

  test("S19 without a session asks for a sign-in first, and is no scan", async () => {
    expect(await loadScan(ticket.id)).toEqual({ step: "sign_in" });
    expect(await stateOfTicket()).toBe("waiting");
  });

  test.each(["frame", "redirect", "ticket"] as const)(
    "S19 with a session by %s is no scan, because it did not begin in DingTalk's client",
    async (method) => {
      await signInOnPhone(method);
      expect(await loadScan(ticket.id)).toEqual({ step: "wrong_method" });
      expect(await stateOfTicket()).toBe("waiting");
    },
  );

  test("S17 as an employee shows the request there, and on the desktop only that a phone scanned", async () => {
    await signInOnPhone("silent");
    expect(await loadScan(ticket.id)).toMatchObject({
      step: "decide",
      viewer: { name: "李雷" },
      request: { browser: "Chrome 156", system: "Windows", ip: desktop.ip, isOtherNetwork: false },
    });
    expect(await viewTicket({ id: ticket.id, secret })).toMatchObject({
      state: "scanned",
      scannedBy: null,
    });
  });

  test("of a ticket that does not exist says so", async () => {
    await signInOnPhone("silent");
    expect(await loadScan("x".repeat(43))).toEqual({ step: "unavailable", reason: "unknown" });
  });

  test("S20 too often asks the employee to wait", async () => {
    await signInOnPhone("silent");
    for (let turn = 0; turn < 30; turn += 1) expect(await loadScan(ticket.id)).toHaveProperty("step", "decide");
    const asked = await loadScan(ticket.id);
    expect(asked).toEqual({ step: "wait", seconds: expect.any(Number) });
  });
});

describe("deciding about a ticket", () => {
  const approve = () => decideScan(ticket.id, { decision: "approve", number: ticket.number });

  test("S19 has no effect without a session that began in DingTalk's client", async () => {
    await signInOnPhone("silent");
    await loadScan(ticket.id);
    expect(await decideAs("frame")).toEqual([null, null]);
    setRequest({ headers: { "user-agent": dingtalk } });
    expect(await approve()).toBeNull();
    expect(await stateOfTicket()).toBe("scanned");
  });

  test("approves it once, and a second decision is too late", async () => {
    await signInOnPhone("silent");
    await loadScan(ticket.id);
    expect(await approve()).toBe("approved");
    expect(await decideScan(ticket.id, { decision: "decline" })).toBe("too_late");
    expect(await stateOfTicket()).toBe("approved");
  });

  test("S18 ends it at the first wrong number", async () => {
    await signInOnPhone("silent");
    await loadScan(ticket.id);
    expect(await decideScan(ticket.id, { decision: "approve", number: "1" })).toBe("wrong_number");
    expect(await approve()).toBe("too_late");
    expect(await stateOfTicket()).toBe("declined");
  });

  test("S20 too often asks the employee to wait, and decides nothing", async () => {
    await signInOnPhone("silent");
    for (let turn = 0; turn < 10; turn += 1) await decideScan("x".repeat(43), { decision: "decline" });
    await loadScan(ticket.id);
    expect(await approve()).toBe("wait");
    expect(await stateOfTicket()).toBe("scanned");
  });

  async function decideAs(method: SignInMethod) {
    await signInOnPhone(method);
    return [await approve(), await decideScan(ticket.id, { decision: "decline" })];
  }
});
