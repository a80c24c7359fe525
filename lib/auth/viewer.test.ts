import { eq, sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { cookieChanges, setRequest } from "../../test/next-headers";
import { signInAs } from "../../test/viewer";
import { createWorld, withSingleton } from "../../test/world";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { saveEmployee } from "../employees/store";
import { env } from "../env";
import { hashSecret } from "../secrets";
import { ownCorpId } from "../services";
import { endSessions, findLiveSession } from "../sessions/session";
import { loginContext } from "./login-page";
import { seal } from "./seal";
import { signOut } from "./sign-out";
import { askViewer, findPhoneViewer, findViewer, requireAdmin, requireRecent, requireViewer } from "./viewer";

const tasks: (() => unknown)[] = vi.hoisted(() => []);
vi.mock("next/server", () => ({ after: (task: () => unknown) => void tasks.push(task) }));

const formerSecret = "dR5tYb8nKq2LmXw7Zc4VpJ6sGh9FaTe3";
const { dingtalk } = createWorld({ ADMIN_USER_IDS: "user0007", NEXTAUTH_SECRET_FORMER: formerSecret });

const session = "__Host-session";
const lilei = buildEmployee("user0001", { name: "李雷" });
const hanmeimei = buildEmployee("user0002", { name: "韩梅梅", admin: true });

beforeEach(() => {
  setRequest({});
  tasks.length = 0;
});

async function runTasks(): Promise<void> {
  for (const task of tasks.splice(0)) await task();
}

describe("the viewer", () => {
  test("is the employee of this browser's live session", async () => {
    const id = await signInAs(lilei);
    expect(await findViewer()).toMatchObject({
      corpId: env().DINGTALK_CORP_ID,
      userId: "user0001",
      name: "李雷",
      isAdmin: false,
      session: { id: hashSecret(id), method: "frame", browser: "Chrome 156" },
    });
  });

  test("does not contain the session's id, which a page could leak", async () => {
    const id = await signInAs(lilei);
    expect(JSON.stringify(await findViewer())).not.toContain(id);
  });

  test("is null without a cookie", async () => {
    expect(await findViewer()).toBeNull();
  });

  test.each(["", "garbage", "a.b.c.d.e"])("S30 is null with the cookie %j", async (cookie) => {
    await signInAs(lilei);
    setRequest({ cookies: { [session]: cookie } });
    expect(await findViewer()).toBeNull();
  });

  test("S30 is null with a sealed cookie that names no session", async () => {
    await signInAs(lilei);
    for (const token of [{}, { sub: "user0001" }, { sessionId: "" }, { sessionId: "made-up" }, { error: "x" }]) {
      setRequest({ cookies: { [session]: await seal("", token, 3600) } });
      expect(await findViewer()).toBeNull();
    }
  });

  test("S30 is null with a session id that is not sealed", async () => {
    setRequest({ cookies: { [session]: await signInAs(lilei) } });
    expect(await findViewer()).toBeNull();
  });

  test("S36 is still found after the secret was replaced, while the former secret is configured", async () => {
    const token = { sessionId: await signInAs(lilei) };
    setRequest({ cookies: { [session]: await encode({ token, secret: formerSecret }) } });
    expect(await findViewer()).toMatchObject({ userId: "user0001" });
    setRequest({ cookies: { [session]: await encode({ token, secret: formerSecret.toLowerCase() }) } });
    expect(await findViewer()).toBeNull();
  });

  test("S23 is null with a cookie of another name", async () => {
    const id = await signInAs(lilei);
    const sealed = await seal("", { sessionId: id }, 3600);
    setRequest({ cookies: { session: sealed, "next-auth.session-token": sealed, "__Secure-session": sealed } });
    expect(await findViewer()).toBeNull();
  });

  test("S25 is null at the next request after the session was revoked", async () => {
    await signInAs(lilei);
    expect(await findViewer()).not.toBeNull();
    await endSessions(db, { corpId: ownCorpId(), userId: "user0001" }, "revoked");
    expect(await findViewer()).toBeNull();
  });

  test("S28 is redirected to sign in and to return to this page", async () => {
    setRequest({ headers: { "x-path": "/admin/employees?search=li" } });
    const returnTo = encodeURIComponent("/admin/employees?search=li").replaceAll("%20", "+");
    await expect(requireViewer()).rejects.toMatchObject({ digest: expect.stringContaining(`returnTo=${returnTo}`) });
  });

  test("S5 never returns to another site", async () => {
    setRequest({ headers: { "x-path": "//evil.example" } });
    await expect(requireViewer()).rejects.toMatchObject({ digest: expect.stringContaining("returnTo=%2Fprofile") });
  });

  test("S19 is a phone viewer only with a session that began in DingTalk's client", async () => {
    await signInAs(lilei, "silent");
    expect(await findPhoneViewer()).not.toBeNull();
    for (const method of ["frame", "redirect", "ticket"] as const) {
      await signInAs(lilei, method);
      expect(await findPhoneViewer()).toBeNull();
    }
  });
});

describe("rechecking the viewer with DingTalk", () => {
  async function ageRecords(minutes: number): Promise<void> {
    await db.update(employees).set({ fetchedAt: sql`now() - make_interval(mins => ${minutes})` });
  }

  test("S26 shows a leaver the page that asks DingTalk, and signs them out at the next", async () => {
    await signInAs(lilei);
    await ageRecords(11);
    expect(await findViewer()).not.toBeNull();
    await runTasks();
    expect(dingtalk.calls).toEqual(["getEmployee"]);
    expect(await findViewer()).toBeNull();
  });

  test("S26 leaves an employee signed in, and is not repeated at the next page", async () => {
    dingtalk.addEmployees(lilei);
    await signInAs(lilei);
    await ageRecords(11);
    await findViewer();
    await runTasks();
    expect(await findViewer()).not.toBeNull();
    await runTasks();
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });

  test("S26 makes no call when the page itself has refreshed the record", async () => {
    await signInAs(lilei);
    await ageRecords(11);
    await findViewer();
    await ageRecords(0);
    await runTasks();
    expect(dingtalk.calls).toEqual([]);
  });

  test("is not done while the record is younger than ten minutes", async () => {
    await signInAs(lilei);
    await ageRecords(9);
    await findViewer();
    expect(tasks).toEqual([]);
  });

  test("S35 leaves the viewer signed in while DingTalk is down", async () => {
    await signInAs(lilei);
    await ageRecords(600);
    dingtalk.fail("getEmployee", new DingTalkError({ call: "v2/user/get", kind: "timeout" }));
    await findViewer();
    await runTasks();
    expect(await findViewer()).not.toBeNull();
  });
});

describe("an old record", () => {
  const unreachable = new DingTalkError({ call: "v2/user/get", kind: "unreachable" });

  async function ageRecords(minutes: number): Promise<void> {
    await db.update(employees).set({ fetchedAt: sql`now() - make_interval(mins => ${minutes})` });
  }

  test("S26 S35 counts for 24 hours while DingTalk is down, and then the viewer is not known", async () => {
    await signInAs(lilei);
    dingtalk.fail("getEmployee", unreachable);
    await ageRecords(24 * 60 - 1);
    expect(await findViewer()).not.toBeNull();
    await ageRecords(26 * 60);
    await expect(findViewer()).rejects.toMatchObject({ digest: "unavailable:dingtalk:26" });
    await expect(requireViewer()).rejects.toMatchObject({ digest: "unavailable:dingtalk:26" });
    expect(await askViewer()).toEqual({ viewer: null, unavailable: { cause: "dingtalk", hours: 26 } });
  });

  test("S35 keeps its session, which counts again as soon as DingTalk confirms the employee", async () => {
    const id = await signInAs(lilei);
    await ageRecords(26 * 60);
    dingtalk.fail("getEmployee", unreachable);
    await expect(findViewer()).rejects.toThrow();
    expect(await findLiveSession(id)).not.toBeNull();
    dingtalk.reset();
    dingtalk.addEmployees(lilei);
    expect(await findViewer()).toMatchObject({ userId: "user0001" });
  });

  test("S26 of a leaver ends the session at once when it is older than the grace", async () => {
    const id = await signInAs(lilei);
    await ageRecords(26 * 60);
    expect(await findViewer()).toBeNull();
    expect(await findLiveSession(id)).toBeNull();
  });

  test("S26 of an admin who left is refused at once on an admin's page", async () => {
    await signInAs(hanmeimei);
    await ageRecords(2);
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("/login") });
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });

  test("S27 of an admin who lost the role is refused at once on an admin's page", async () => {
    dingtalk.addEmployees({ ...hanmeimei, admin: false });
    await signInAs(hanmeimei);
    await ageRecords(2);
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });

  test("S26 of an admin is not read again within a minute", async () => {
    dingtalk.addEmployees(hanmeimei);
    await signInAs(hanmeimei);
    expect(await requireAdmin()).toMatchObject({ userId: "user0002" });
    expect(dingtalk.calls).toEqual([]);
    await ageRecords(2);
    await requireAdmin();
    await requireAdmin();
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });

  test("S35 of an admin counts while DingTalk is down", async () => {
    await signInAs(hanmeimei);
    await ageRecords(2);
    dingtalk.fail("getEmployee", unreachable);
    expect(await requireAdmin()).toMatchObject({ userId: "user0002" });
  });

  test("S26 of an employee who is no admin causes no call", async () => {
    await signInAs(lilei);
    await ageRecords(2);
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
    expect(dingtalk.calls).toEqual([]);
  });
});

describe("S35 while the database does not answer", () => {
  const closed = { database: null };

  test("the viewer is not known, which is neither signed in nor signed out", async () => {
    await signInAs(lilei);
    await withSingleton("database", closed, async () => {
      await expect(requireViewer()).rejects.toMatchObject({ digest: "unavailable:database:0" });
      expect(await askViewer()).toEqual({ viewer: null, unavailable: { cause: "database" } });
    });
    expect(cookieChanges).toEqual([]);
    expect(await findViewer()).toMatchObject({ userId: "user0001" });
  });

  test("a browser without a session cookie is simply not signed in", async () => {
    await withSingleton("database", closed, async () => expect(await findViewer()).toBeNull());
  });

  test("the sign-in page stands, also for a browser with a session cookie", async () => {
    await signInAs(lilei);
    await withSingleton("database", closed, async () => {
      expect(await loginContext()).toMatchObject({ viewer: null, hasSignedOut: false });
    });
  });
});

describe("an admin", () => {
  test("S31 is a viewer whom DingTalk or the settings name as admin", async () => {
    await signInAs(buildEmployee("user0002", { admin: true }));
    expect(await requireAdmin()).toMatchObject({ userId: "user0002", isAdmin: true });
    await signInAs(buildEmployee("user0007"));
    expect(await requireAdmin()).toMatchObject({ userId: "user0007", isAdmin: true });
  });

  test("S28 is required: any other viewer gets a 404 page", async () => {
    await signInAs(lilei);
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });

  test("S31 is not a viewer who is only boss, senior or department leader", async () => {
    const departments = [{ id: 1, isLeader: true, isMain: true, title: null }];
    await signInAs(buildEmployee("user0001", { boss: true, senior: true, departments }));
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });

  test("S28 is required: without a session the sign-in page follows", async () => {
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("/login") });
  });

  test("S27 loses access as soon as DingTalk's record says so", async () => {
    await signInAs(buildEmployee("user0002", { admin: true }));
    await requireAdmin();
    await saveEmployee(db, buildEmployee("user0002", { admin: false }));
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  });

  test("S9 of another company has no access here", async () => {
    await signInAs(buildEmployee("user0007"));
    await db.update(employees).set({ corpId: "dingcorp0002" });
    await db.update(sessions).set({ corpId: "dingcorp0002" });
    await expect(requireAdmin()).rejects.toMatchObject({ digest: expect.stringContaining("/login") });
  });
});

describe("a dangerous act", () => {
  async function adminSince(minutes: number) {
    await signInAs(hanmeimei);
    await db.update(sessions).set({ startedAt: sql`now() - make_interval(mins => ${minutes})` });
    return requireAdmin();
  }

  test("S31 is open to an admin who signed in within the last 15 minutes", async () => {
    const admin = await adminSince(14);
    expect(requireRecent(admin, "/admin/sessions")).toBe(admin);
  });

  test("S31 leads any other admin through a new sign-in and back", async () => {
    const admin = await adminSince(16);
    const address = "/login?again=1&returnTo=%2Fadmin%2Fsessions";
    expect(() => requireRecent(admin, "/admin/sessions")).toThrow(
      expect.objectContaining({ digest: expect.stringContaining(address) }),
    );
  });

  test("S31 asks for no new sign-in when the setting is 0", async () => {
    const admin = await adminSince(10_000);
    await withSingleton("env", { ...env(), REAUTHENTICATE_MINUTES: 0 }, async () => {
      expect(requireRecent(admin, "/admin/sessions")).toBe(admin);
    });
  });

  test("S31 is what the sign-in page waits for", async () => {
    await adminSince(16);
    expect(await loginContext()).toMatchObject({ viewer: { userId: "user0002" }, isRecent: false });
    await signInAs(hanmeimei);
    expect(await loginContext()).toMatchObject({ isRecent: true });
  });
});

describe("signing out", () => {
  test("S15 ends the session, removes the cookie and blocks silent sign-in", async () => {
    const id = await signInAs(lilei);
    await signOut();
    expect(await findLiveSession(id)).toBeNull();
    expect(cookieChanges).toEqual([
      { name: session, value: "", options: { httpOnly: true, sameSite: "lax", path: "/", secure: true, maxAge: 0 } },
      { name: "__Host-signed-out", value: "1", options: expect.objectContaining({ httpOnly: true, secure: true }) },
    ]);
    expect(await recordedEvents()).toMatchObject([{ kind: "signed_out", userId: "user0001" }]);
    const [row] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, hashSecret(id)));
    expect(row?.endReason).toBe("signed_out");
  });

  test("without a session writes no event, but still blocks silent sign-in", async () => {
    await signOut();
    expect(cookieChanges.map(({ name }) => name)).toEqual([session, "__Host-signed-out"]);
    expect(await recordedEvents()).toEqual([]);
  });

  test("leaves the employee's other browsers signed in", async () => {
    const elsewhere = await signInAs(lilei);
    await signInAs(lilei);
    await signOut();
    expect(await findLiveSession(elsewhere)).not.toBeNull();
  });
});

describe("the login context", () => {
  test("has what the sign-in page needs, and no secret", async () => {
    setRequest({
      headers: { "user-agent": "Mozilla/5.0 AliApp(DingTalk/7.6.50)" },
      cookies: { "__Host-signed-out": "1" },
    });
    const context = await loginContext();
    expect(context).toMatchObject({
      origin: "https://login.example.com",
      hasSignedOut: true,
      viewer: null,
    });
    expect(JSON.stringify(context)).not.toContain(env().DINGTALK_CLIENT_SECRET);
    expect(JSON.stringify(context)).not.toContain(env().NEXTAUTH_SECRET);
  });

  test("has the viewer who is already signed in", async () => {
    await signInAs(lilei);
    expect(await loginContext()).toMatchObject({
      hasSignedOut: false,
      viewer: { name: "李雷" },
    });
  });
});
