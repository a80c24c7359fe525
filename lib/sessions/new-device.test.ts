import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { setRequest } from "../../test/next-headers";
import { sessionCookie } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { requireViewer } from "../auth/viewer";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { saveEmployee } from "../employees/store";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { type SignInMethod } from "../sign-in-method";
import { createSession } from "./create";
import { revokeOwnSession } from "./manage";
import { findUnreviewed, markReviewed, noteSignIn, rejectSignIn } from "./new-device";
import { type Viewer } from "./permission";
import { endSessions, findLiveSession } from "./session";

createWorld();

const chrome = (version: number) => `Mozilla/5.0 (X11; Linux x64) Chrome/${version}.0.0.0 Safari/537.36`;
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const desk = { ip: "198.51.100.7", userAgent: chrome(155) };

type Options = { userId?: string; client?: typeof desk; method?: SignInMethod; isNew?: boolean; minutesAgo?: number };

async function signIn({ userId = "user0001", client = desk, method = "frame", isNew, minutesAgo = 0 }: Options = {}) {
  await saveEmployee(db, buildEmployee(userId));
  const owner = { corpId: ownCorpId(), userId };
  const id = await createSession(db, { ...owner, method, client, isNewDevice: isNew ?? false });
  await db
    .update(sessions)
    .set({ startedAt: sql`now() - make_interval(mins => ${minutesAgo})` })
    .where(eq(sessions.idHash, hashSecret(id)));
  return id;
}

function isNew(client: { ip: string | null; userAgent: string | null }): Promise<boolean> {
  return noteSignIn(db, { corpId: ownCorpId(), userId: "user0001" }, client);
}

async function viewerOf(sessionId: string): Promise<Viewer> {
  setRequest({ cookies: await sessionCookie(sessionId) });
  return requireViewer();
}

describe("S21 a device", () => {
  test("is new at the first sign-in", async () => {
    await signIn({ userId: "user0003" });
    expect(await isNew(desk)).toBe(true);
  });

  test("is known in a later version and from a neighbouring address", async () => {
    await signIn();
    expect(await isNew({ ip: "198.51.100.201", userAgent: chrome(156) })).toBe(false);
  });

  test("is new with another browser, and from another network", async () => {
    await signIn();
    expect(await isNew({ ...desk, userAgent: firefox })).toBe(true);
    expect(await isNew({ ...desk, ip: "203.0.113.9" })).toBe(true);
    expect(await isNew({ ...desk, ip: "2001:db8:1::5" })).toBe(true);
  });

  test("is known for 90 days after its last use, also when its session has ended", async () => {
    await signIn();
    await db.execute(sql`update sessions set ended_at = now(), last_seen_at = now() - interval '89 days'`);
    expect(await isNew(desk)).toBe(false);
    await db.execute(sql`update sessions set last_seen_at = now() - interval '91 days'`);
    expect(await isNew(desk)).toBe(true);
  });

  test("is known by its browser alone when the address is not known", async () => {
    await signIn();
    expect(await isNew({ ip: null, userAgent: chrome(156) })).toBe(false);
  });
});

describe("S21 a sign-in on a new device", () => {
  test("is shown to the person's older sessions until it is confirmed", async () => {
    const old = await viewerOf(await signIn({ minutesAgo: 60 }));
    const fresh = await signIn({ isNew: true });
    expect(await findUnreviewed(old)).toMatchObject({ id: hashSecret(fresh), method: "frame" });
    await markReviewed(old, hashSecret(fresh));
    expect(await findUnreviewed(old)).toBeNull();
  });

  test("is not shown to itself or to later sessions, which cannot confirm it", async () => {
    const fresh = await signIn({ isNew: true, minutesAgo: 10 });
    const viewers = [await viewerOf(fresh), await viewerOf(await signIn())];
    for (const viewer of viewers) {
      expect(await findUnreviewed(viewer)).toBeNull();
      await markReviewed(viewer, hashSecret(fresh));
    }
    expect(await db.$count(sessions, sql`reviewed_at is not null`)).toBe(0);
  });

  test("S29 is neither shown to nor confirmed by a colleague", async () => {
    const colleague = await viewerOf(await signIn({ userId: "user0003", minutesAgo: 60 }));
    const fresh = await signIn({ isNew: true });
    expect(await findUnreviewed(colleague)).toBeNull();
    await markReviewed(colleague, hashSecret(fresh));
    expect(await db.$count(sessions, sql`reviewed_at is not null`)).toBe(0);
  });

  test("S37 that the person rejects ends, is audited, and makes its device no more known", async () => {
    const old = await viewerOf(await signIn({ minutesAgo: 60, client: { ...desk, userAgent: firefox } }));
    const intruder = await signIn({ isNew: true });
    await rejectSignIn(old, hashSecret(intruder));
    expect(await findLiveSession(intruder)).toBeNull();
    expect(await findUnreviewed(old)).toBeNull();
    expect(await isNew(desk)).toBe(true);
    expect(await recordedEvents()).toMatchObject([
      { kind: "session_ended", actorUserId: "user0001", reason: "rejected" },
    ]);
  });

  test("that the person signs out on the sessions page makes its device no more known either", async () => {
    const old = await viewerOf(await signIn({ minutesAgo: 60, client: { ...desk, userAgent: firefox } }));
    await revokeOwnSession(old, hashSecret(await signIn({ isNew: true })));
    expect(await isNew(desk)).toBe(true);
  });

  test("is still shown after it signed out by itself", async () => {
    const old = await viewerOf(await signIn({ minutesAgo: 60 }));
    const intruder = hashSecret(await signIn({ isNew: true }));
    await endSessions(db, { idHash: intruder }, "signed_out");
    expect(await findUnreviewed(old)).toMatchObject({ id: intruder });
    await rejectSignIn(old, intruder);
    expect(await findUnreviewed(old)).toBeNull();
  });

  test("is not shown when the device is known, the sign-in was silent, or the session was revoked", async () => {
    const old = await viewerOf(await signIn({ minutesAgo: 60 }));
    await signIn();
    await signIn({ isNew: true, method: "silent" });
    const ended = await signIn({ isNew: true });
    await endSessions(db, { idHash: hashSecret(ended) }, "revoked");
    expect(await findUnreviewed(old)).toBeNull();
  });
});
