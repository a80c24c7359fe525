import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { signInAs } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { requireViewer } from "../auth/viewer";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { hashSecret } from "../secrets";
import { findRevokedByLimit } from "./limit";
import { findLiveSession } from "./session";

createWorld({ SESSIONS_PER_EMPLOYEE: "3" });

const lilei = buildEmployee("user0001");

/** Creates a session that began so many minutes ago. */
async function signIn(minutesAgo: number): Promise<string> {
  const id = await signInAs(lilei);
  await db
    .update(sessions)
    .set({ startedAt: sql`now() - make_interval(mins => ${minutesAgo})` })
    .where(eq(sessions.idHash, hashSecret(id)));
  return id;
}

test("S24 the oldest session beyond the limit is revoked, audited, and shown to the person", async () => {
  const colleague = await signInAs(buildEmployee("user0003"));
  const [oldest, second, third] = [await signIn(30), await signIn(20), await signIn(10)];
  const newest = await signIn(0);
  expect(await findLiveSession(oldest)).toBeNull();
  for (const id of [second, third, newest, colleague]) expect(await findLiveSession(id)).not.toBeNull();
  expect(await recordedEvents()).toMatchObject([
    { kind: "session_ended", userId: "user0001", actorUserId: null, reason: "over_limit" },
  ]);
  expect(await findRevokedByLimit(await requireViewer())).toMatchObject({
    limit: 3,
    session: { id: hashSecret(oldest), browser: "Chrome 156" },
  });
});

test("S24 within the limit no session is revoked, and ended sessions do not count", async () => {
  const [ended, first, second] = [await signIn(30), await signIn(20), await signIn(10)];
  await db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: "signed_out" })
    .where(eq(sessions.idHash, hashSecret(ended)));
  const newest = await signIn(0);
  for (const id of [first, second, newest]) expect(await findLiveSession(id)).not.toBeNull();
  expect(await recordedEvents()).toEqual([]);
  expect(await findRevokedByLimit(await requireViewer())).toBeNull();
});

test("S24 a new session stays although another began at the same moment or later", async () => {
  const others = [await signIn(0), await signIn(-1), await signIn(-1)];
  const newest = await signIn(5);
  expect(await findLiveSession(newest)).not.toBeNull();
  const live = await Promise.all(others.map((id) => findLiveSession(id)));
  expect(live.filter(Boolean)).toHaveLength(2);
});

test("S24 the sessions page says so for a week", async () => {
  for (const minutes of [30, 20, 10]) await signIn(minutes);
  await signIn(0);
  const viewer = await requireViewer();
  await db.execute(sql`update sessions set ended_at = now() - interval '6 days' where ended_at is not null`);
  expect(await findRevokedByLimit(viewer)).not.toBeNull();
  await db.execute(sql`update sessions set ended_at = now() - interval '8 days' where ended_at is not null`);
  expect(await findRevokedByLimit(viewer)).toBeNull();
});
