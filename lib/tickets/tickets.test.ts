import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld, goodSettings } from "../../test/world";
import { db } from "../db/client";
import { tickets } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { type PhoneViewer } from "../sessions/permission";
import { approveTicket, declineTicket, scanTicket } from "./phone";
import { subscribe } from "./stream";
import { cancelTicket, createTicket, redeemTicket, viewTicket } from "./ticket";

createWorld();

const desktop = {
  ip: "203.0.113.24",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0",
};
const phone = { ip: "203.0.113.24", userAgent: "Mozilla/5.0 (iPhone) AliApp(DingTalk/7.8.1)" };
const secret = "the-ticket-secret-of-one-browser";

/** A phone viewer, as lib/auth/viewer.ts makes one. */
function onPhone(userId: string, corpId = goodSettings.DINGTALK_CORP_ID): PhoneViewer {
  // biome-ignore lint/plugin: only lib/auth/viewer.ts makes viewers; the test takes its place.
  return { corpId, userId, session: { method: "silent" } } as unknown as PhoneViewer;
}

async function open() {
  const ticket = await createTicket(secret, desktop);
  if (!ticket) throw new Error("no ticket");
  return ticket;
}

async function expire(id: string): Promise<void> {
  await db
    .update(tickets)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(tickets.idHash, hashSecret(id)));
}

beforeEach(async () => {
  await db.transaction((tx) => saveEmployee(tx, buildEmployee("lilei", { name: "李雷" })));
});

describe("a ticket", () => {
  test("signs a desktop in when a phone approves it with the right number", async () => {
    const { id, number } = await open();
    const scanned = await scanTicket(onPhone("lilei"), { id, client: phone });
    expect(scanned).toMatchObject({
      request: { browser: "Chrome 156", system: "Windows", ip: desktop.ip, isOtherNetwork: false },
    });
    expect(await approveTicket(onPhone("lilei"), { id, number, client: phone })).toBe("approved");
    expect(await redeemTicket({ id, secret })).toEqual({ userId: "lilei", approvedFrom: phone });
    expect(await viewTicket({ id, secret })).toMatchObject({ state: "used" });
  });

  test("S17 shows the desktop who scanned only once they have approved", async () => {
    const { id, number } = await open();
    await scanTicket(onPhone("lilei"), { id, client: phone });
    expect(await viewTicket({ id, secret })).toMatchObject({ state: "scanned", scannedBy: null });
    await approveTicket(onPhone("lilei"), { id, number, client: phone });
    expect(await viewTicket({ id, secret })).toMatchObject({ state: "approved", scannedBy: { name: "李雷" } });
    const declined = await open();
    await scanTicket(onPhone("lilei"), { id: declined.id, client: phone });
    await declineTicket(onPhone("lilei"), { id: declined.id, client: phone });
    expect(await viewTicket({ id: declined.id, secret })).toMatchObject({ state: "declined", scannedBy: null });
  });

  test("S16 can be neither viewed, cancelled nor redeemed without its secret", async () => {
    const { id, number } = await open();
    await scanTicket(onPhone("lilei"), { id, client: phone });
    await approveTicket(onPhone("lilei"), { id, number, client: phone });
    const stolen = { id, secret: "another-browser" };
    expect(await viewTicket(stolen)).toBeNull();
    await cancelTicket(stolen);
    expect(await redeemTicket(stolen)).toBeNull();
    expect(await redeemTicket({ id, secret })).not.toBeNull();
  });

  test("S16 is stored with only the hashes of its credentials", async () => {
    const { id } = await open();
    const rows = JSON.stringify(await db.select().from(tickets));
    expect(rows).toContain(hashSecret(id));
    expect(rows).not.toContain(id);
    expect(rows).not.toContain(secret);
  });

  test("S16 is redeemed once among concurrent requests", async () => {
    const { id, number } = await open();
    await scanTicket(onPhone("lilei"), { id, client: phone });
    await approveTicket(onPhone("lilei"), { id, number, client: phone });
    const used = await Promise.all(Array.from({ length: 20 }, () => redeemTicket({ id, secret })));
    expect(used.filter((one) => one !== null)).toHaveLength(1);
  });

  test("S16 that has expired can be neither scanned, approved nor redeemed", async () => {
    const early = await open();
    await expire(early.id);
    expect(await scanTicket(onPhone("lilei"), { id: early.id, client: phone })).toEqual({ unavailable: "expired" });
    expect(await viewTicket({ id: early.id, secret })).toMatchObject({ state: "expired", secondsLeft: 0 });
    const late = await open();
    await scanTicket(onPhone("lilei"), { id: late.id, client: phone });
    await expire(late.id);
    expect(await approveTicket(onPhone("lilei"), { id: late.id, number: late.number, client: phone })).toBe("too_late");
    expect(await redeemTicket({ id: late.id, secret })).toBeNull();
  });

  test("S18 ends at the first wrong number, even if the right one follows", async () => {
    const { id, number } = await open();
    await scanTicket(onPhone("lilei"), { id, client: phone });
    const wrong = number === "10" ? "11" : "10";
    expect(await approveTicket(onPhone("lilei"), { id, number: wrong, client: phone })).toBe("wrong_number");
    expect(await approveTicket(onPhone("lilei"), { id, number, client: phone })).toBe("too_late");
    expect(await redeemTicket({ id, secret })).toBeNull();
  });

  test("S18 shows on the phone that the desktop is on another network", async () => {
    const { id } = await open();
    const elsewhere = { ...phone, ip: "198.51.100.7" };
    expect(await scanTicket(onPhone("lilei"), { id, client: elsewhere })).toMatchObject({
      request: { isOtherNetwork: true },
    });
  });

  test("S19 cannot be approved by an employee who did not scan it, or by another company", async () => {
    const { id, number } = await open();
    expect(await approveTicket(onPhone("lilei"), { id, number, client: phone })).toBe("too_late");
    expect(await scanTicket(onPhone("lilei", "dingother"), { id, client: phone })).toEqual({ unavailable: "unknown" });
    await scanTicket(onPhone("lilei"), { id, client: phone });
    expect(await approveTicket(onPhone("hanmeimei"), { id, number, client: phone })).toBe("too_late");
    expect(await declineTicket(onPhone("hanmeimei"), { id, client: phone })).toBe("too_late");
  });

  test("S19 belongs to the first of two phones that scan it at once", async () => {
    const { id } = await open();
    const phones = ["lilei", "hanmeimei"].map((userId) => scanTicket(onPhone(userId), { id, client: phone }));
    const answers = await Promise.all(phones);
    expect(answers.filter((answer) => "request" in answer)).toHaveLength(1);
    expect(answers).toContainEqual({ unavailable: "taken" });
  });

  test("is shown again to the phone that scanned it", async () => {
    const { id } = await open();
    await scanTicket(onPhone("lilei"), { id, client: phone });
    expect(await scanTicket(onPhone("lilei"), { id, client: phone })).toHaveProperty("request");
  });

  test("that was declined or cancelled is final, and the decision is in the audit trail", async () => {
    const declined = await open();
    await scanTicket(onPhone("lilei"), { id: declined.id, client: phone });
    expect(await declineTicket(onPhone("lilei"), { id: declined.id, client: phone })).toBe("declined");
    expect(await viewTicket({ id: declined.id, secret })).toMatchObject({ state: "declined" });
    const events = await recordedEvents();
    expect(events).toMatchObject([{ kind: "ticket_decided", userId: "lilei", reason: "declined", method: "ticket" }]);
    const cancelled = await open();
    await cancelTicket({ id: cancelled.id, secret });
    expect(await scanTicket(onPhone("lilei"), { id: cancelled.id, client: phone })).toEqual({
      unavailable: "cancelled",
    });
  });

  test("S20 is not created for a browser that has five open ones", async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, open));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(4);
    await open();
    expect(await createTicket(secret, desktop)).toBeNull();
    expect(await createTicket("another-browser", desktop)).not.toBeNull();
  });

  test("sends each transition to its own subscribers only", async () => {
    const [mine, other] = [await open(), await open()];
    const [receivedMine, receivedOther] = [vi.fn(), vi.fn()];
    const stop = await subscribe(hashSecret(mine.id), receivedMine);
    await subscribe(hashSecret(other.id), receivedOther);
    await scanTicket(onPhone("lilei"), { id: mine.id, client: phone });
    await vi.waitFor(() => expect(receivedMine.mock.calls).toEqual([["scanned"]]));
    stop();
    await declineTicket(onPhone("lilei"), { id: mine.id, client: phone });
    await scanTicket(onPhone("lilei"), { id: other.id, client: phone });
    await vi.waitFor(() => expect(receivedOther.mock.calls).toEqual([["scanned"]]));
    expect(receivedMine).toHaveBeenCalledTimes(1);
  });
});
