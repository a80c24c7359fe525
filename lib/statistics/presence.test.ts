import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { readPresence } from "./presence";

type Span = { from: string; seen?: string; to?: string; expires?: string; corpId?: string };

let count = 0;

/** The times are intervals before now. */
async function addSession(userId: string, { from, seen = "0", to, expires = "-7 days", corpId = ownCorpId() }: Span) {
  count += 1;
  const ago = (interval: string) => sql`now() - ${interval}::interval`;
  await db.execute(sql`insert into sessions (id_hash, corp_id, user_id, method, started_at, last_seen_at, expires_at, ended_at)
    values (${`session${count}`}, ${corpId}, ${userId}, 'silent', ${ago(from)}, ${ago(seen)}, ${ago(expires)}, ${to ? ago(to) : null})`);
}

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    admin = await asAdmin();
    for (const userId of ["user0001", "user0003"]) await saveEmployee(db, buildEmployee(userId));
    await db.delete(sessions);
  });

  describe("who is signed in", () => {
    test("counts people once, and devices", async () => {
      await addSession("user0001", { from: "30 minutes" });
      await addSession("user0001", { from: "20 minutes" });
      await addSession("user0003", { from: "10 minutes" });
      expect(await readPresence(admin)).toMatchObject({ people: 2, devices: 3 });
    });

    test("shows the hours between a sign-in and its end", async () => {
      await addSession("user0001", { from: "10 hours 30 minutes", to: "4 hours 30 minutes" });
      const { hours, people } = await readPresence(admin);
      expect(hours).toHaveLength(25);
      expect(hours.map((hour) => hour.people)).toEqual(
        Array.from({ length: 25 }, (_, index) => Number(24 - index <= 10 && 24 - index >= 5)),
      );
      expect(people).toBe(0);
    });

    test("counts a person with overlapping sessions once in each hour", async () => {
      await addSession("user0001", { from: "5 hours 30 minutes", to: "2 hours 30 minutes" });
      await addSession("user0001", { from: "3 hours 30 minutes", to: "30 minutes" });
      const { hours } = await readPresence(admin);
      expect(Math.max(...hours.map((hour) => hour.people))).toBe(1);
      expect(hours.filter((hour) => hour.people === 1)).toHaveLength(5);
    });

    test("ends a session at its limits, although no statement has noted it", async () => {
      await addSession("user0001", { from: "5 days", seen: "4 days" });
      await addSession("user0003", { from: "20 hours 30 minutes", expires: "12 hours 30 minutes" });
      const { people, devices, hours } = await readPresence(admin);
      expect({ people, devices }).toEqual({ people: 0, devices: 0 });
      expect(hours.filter((hour) => hour.people === 1)).toHaveLength(8);
    });

    test("has nothing of another company", async () => {
      await addSession("user0001", { from: "1 hour", corpId: "dingother" });
      expect(await readPresence(admin)).toMatchObject({ people: 0, devices: 0 });
    });
  });
});
