import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { signTrail } from "../audit/checkpoints";
import { auditChain, auditCheckpoints, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { readIntegrity } from "./integrity";

async function recordMany(count: number): Promise<void> {
  await db.execute(
    sql`insert into audit_events (kind, corp_id) select 'signed_in', ${ownCorpId()} from generate_series(1, ${count}::int)`,
  );
}

async function deleteAt(position: number): Promise<void> {
  const [place] = await db.select().from(auditChain).where(eq(auditChain.position, position));
  if (place) await db.delete(auditEvents).where(eq(auditEvents.id, place.eventId));
}

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    globalThis.singletons?.delete("verification");
    admin = await asAdmin();
    for (const table of [auditEvents, auditChain]) await db.delete(table);
  });

  const signed = async () => (await readIntegrity(admin, { verifies: false })).signed;
  const verify = async (now?: number) => (await readIntegrity(admin, { verifies: true, ...(now && { now }) })).verified;

  describe("S46 what the audit page says of the chain", () => {
    test("how far it is signed", async () => {
      expect(await readIntegrity(admin, { verifies: false })).toEqual({ signed: null, verified: null });
      await recordMany(3);
      await signTrail();
      await recordMany(1);
      expect(await signed()).toMatchObject({ position: 3, isGenuine: true });
    });

    test("that another program signed it", async () => {
      await recordMany(1);
      await signTrail();
      await db.update(auditCheckpoints).set({ signature: "x".repeat(43) });
      expect(await signed()).toMatchObject({ position: 1, isGenuine: false });
    });

    test("what recomputing shows", async () => {
      expect(await verify()).toMatchObject({ fault: null, from: null, upTo: null });
      globalThis.singletons?.delete("verification");
      await recordMany(20);
      expect(await verify()).toMatchObject({ fault: null, from: 1, upTo: 20, isWhole: true });
    });

    test("the first event that is missing", async () => {
      await recordMany(20);
      await deleteAt(7);
      expect((await verify())?.fault).toMatchObject({ what: "removed", position: 7 });
    });

    test("only of the newest events of a long trail", async () => {
      await recordMany(5100);
      await deleteAt(50);
      expect(await verify()).toMatchObject({ fault: null, from: 101, upTo: 5100, isWhole: false });
      globalThis.singletons?.delete("verification");
      await deleteAt(3000);
      expect((await verify())?.fault).toMatchObject({ what: "removed", position: 3000 });
    });

    test("the same within a minute, with the time of the recomputation", async () => {
      await recordMany(2);
      const now = Date.now();
      const first = await verify(now);
      await deleteAt(1);
      expect(await verify(now + 59_000)).toEqual(first);
      expect((await verify(now + 61_000))?.fault).toMatchObject({ what: "removed", position: 1 });
    });
  });
});
