import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { deactivateEmployee, saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { createSession } from "./create";
import { endSessions } from "./session";
import { findEnding, watchSession } from "./watch";

const lilei = buildEmployee("user0001");
const owner = { corpId: ownCorpId, userId: lilei.userId };

async function open(id: string | null) {
  const controller = new AbortController();
  const response = await watchSession(id, controller.signal);
  const watched = { text: "", isOver: false, stop: () => controller.abort() };
  void (async () => {
    for await (const part of response?.body ?? []) watched.text += new TextDecoder().decode(part);
    watched.isOver = true;
  })().catch(() => {});
  return { response, watched };
}

const ended = 'data: {"ended":';

onBothEngines((settings) => {
  createWorld(settings);
  let id = "";

  beforeEach(async () => {
    await saveEmployee(db, lilei);
    const session = { corpId: owner.corpId(), userId: owner.userId, method: "frame" as const };
    id = await createSession(db, { ...session, client: { ip: null, userAgent: null } });
  });

  describe("S25 the stream of an open page", () => {
    test("says that the session ended, once, and closes", async () => {
      const { watched } = await open(id);
      expect(watched.text).not.toContain("ended");
      await db.transaction((tx) => endSessions(tx, { idHash: hashSecret(id) }, "revoked"));
      await vi.waitFor(() =>
        expect(watched).toMatchObject({ isOver: true, text: expect.stringContaining(`${ended}"revoked"}`) }),
      );
      expect(watched.text.split(ended)).toHaveLength(2);
    });

    test("S26 says it for a leaver, whatever found out", async () => {
      const { watched } = await open(id);
      await deactivateEmployee(lilei.userId);
      await vi.waitFor(() => expect(watched.isOver).toBe(true));
      expect(await findEnding(hashSecret(id))).toMatchObject({ reason: "leaver" });
    });

    test("says nothing when another session ends, or a transaction is rolled back", async () => {
      const { watched } = await open(id);
      await db.transaction((tx) => endSessions(tx, { idHash: "another" }, "revoked"));
      const failing = db.transaction(async (tx) => {
        await endSessions(tx, { idHash: hashSecret(id) }, "revoked");
        throw new Error("rolled back");
      });
      await expect(failing).rejects.toThrow("rolled back");
      await db.transaction((tx) => endSessions(tx, { idHash: "another" }, "revoked"));
      expect(watched).toMatchObject({ isOver: false, text: expect.not.stringContaining("ended") });
      watched.stop();
    });

    test("says it at once for a session that has ended, and for none", async () => {
      await endSessions(db, { idHash: hashSecret(id) }, "revoked");
      for (const session of [id, "unknown", null]) {
        const { watched } = await open(session);
        await vi.waitFor(() => expect(watched).toMatchObject({ isOver: true, text: expect.stringContaining(ended) }));
      }
    });

    test("S24 is no use of the session", async () => {
      await db.execute(sql`update sessions set last_seen_at = now() - interval '1 hour'`);
      const [before] = await db.select().from(sessions);
      (await open(id)).watched.stop();
      expect((await db.select().from(sessions))[0]?.lastSeenAt).toEqual(before?.lastSeenAt);
    });

    test("S42 is open eight times for one session at most", async () => {
      const opened = await Promise.all(Array.from({ length: 8 }, () => open(id)));
      expect((await open(id)).response).toBeNull();
      for (const { watched } of opened) watched.stop();
      await vi.waitFor(async () => {
        const { response, watched } = await open(id);
        watched.stop();
        expect(response).not.toBeNull();
      });
    });
  });

  test("S24 an ending is known by its time, although no statement has noted it", async () => {
    expect(await findEnding(hashSecret(id))).toBeNull();
    await db.execute(sql`update sessions set expires_at = now() - interval '1 second'`);
    expect(await findEnding(hashSecret(id))).toMatchObject({ reason: "expired" });
  });
});
