import { asc, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { parseCorpId, parseUnionId } from "../dingtalk/identity";
import { findEmployee, saveEmployee } from "../employees/store";
import { type Refusal } from "../refusals";
import { hashSecret } from "../secrets";
import { findLiveSession } from "../sessions/session";
import { type SignInMethod } from "../sign-in-method";
import { admit, type SignInResult } from "./admit";
import { identifyByAuthCode, identifyBySilentCode } from "./identify";

const { tasks } = vi.hoisted(() => {
  const waiting: (() => unknown)[] = [];
  return { tasks: waiting };
});
vi.mock("next/server", () => ({ after: (task: () => unknown) => void tasks.push(task) }));

const { dingtalk, lines } = createWorld();

const client = { ip: "198.51.100.7", userAgent: "a browser" };
const lilei = buildEmployee("user0001", { name: "李雷" });
const hanmeimei = buildEmployee("user0002", { name: "韩梅梅" });

beforeEach(() => {
  tasks.length = 0;
});

type Options = { previousSessionId?: string | null; code?: string };

function signInByAuthCode(unionId: string, { previousSessionId = null, code = newCode(unionId) }: Options = {}) {
  const state = { state: crypto.randomUUID(), method: "redirect", returnTo: "/profile" } as const;
  return signIn("redirect", previousSessionId, () => identifyByAuthCode({ state, code, isDenied: false }));
}

function signInSilently(userId: string, { previousSessionId = null, code = newCode(userId) }: Options = {}) {
  return signIn("silent", previousSessionId, () => identifyBySilentCode(code));
}

function newCode(id: string): string {
  return `${id}/${crypto.randomUUID()}`;
}

function signIn(method: SignInMethod, previousSessionId: string | null, identify: Parameters<typeof admit>[1]) {
  return admit({ method, client, previousSessionId }, identify);
}

function sessionIdOf(result: SignInResult): string {
  if ("sessionId" in result) return result.sessionId;
  throw new Error(`refused: ${result.refusal}`);
}

async function runTasks(): Promise<void> {
  for (const task of tasks.splice(0)) await task();
}

async function saveEmployees(...employees: (typeof lilei)[]): Promise<void> {
  for (const employee of employees) await saveEmployee(db, employee);
}

async function events() {
  return recordedEvents();
}

async function listOpenSessions(): Promise<string[]> {
  const rows = await db.select().from(sessions);
  return rows.filter(({ endedAt }) => endedAt === null).map(({ userId }) => userId);
}

/** Expects a refusal for this reason, with its reference in the audit trail and in the log. (S8, S37, S38) */
async function expectRefusal(result: SignInResult, refusal: Refusal): Promise<void> {
  if ("sessionId" in result) throw new Error("not refused");
  expect(result.refusal).toBe(refusal);
  expect(result.reference).toMatch(/^[2-9A-Z]{8}$/);
  const { reference } = result;
  expect((await events()).at(-1)).toMatchObject({ kind: "refused", reason: refusal, reference, ip: client.ip });
  expect(lines.join()).toContain(reference);
}

describe("a sign-in", () => {
  test("makes two calls when it is silent and the employee is unknown", async () => {
    dingtalk.addEmployees(lilei);
    sessionIdOf(await signInSilently("user0001"));
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
  });

  test("makes one call when it is silent and the employee is known", async () => {
    dingtalk.addEmployees(lilei);
    await saveEmployees(lilei);
    sessionIdOf(await signInSilently("user0001"));
    expect(dingtalk.calls).toEqual(["resolveSilentCode"]);
  });

  test("S26 makes two calls when it is silent and the record is older than the grace", async () => {
    dingtalk.addEmployees(lilei);
    await saveEmployees(lilei);
    await db.update(employees).set({ fetchedAt: sql`now() - interval '25 hours'` });
    sessionIdOf(await signInSilently("user0001"));
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
  });

  test("makes four calls when it has an auth code and the employee is unknown", async () => {
    dingtalk.addEmployees(lilei);
    sessionIdOf(await signInByAuthCode(lilei.unionId));
    expect(dingtalk.calls).toEqual(["exchangeAuthCode", "getContact", "findByUnionId", "getEmployee"]);
  });

  test("makes three calls when it has an auth code and the employee is known", async () => {
    dingtalk.addEmployees(lilei);
    await saveEmployees(lilei);
    sessionIdOf(await signInByAuthCode(lilei.unionId));
    expect(dingtalk.calls).toEqual(["exchangeAuthCode", "getContact", "getEmployee"]);
  });

  test("refreshes the record only after the response", async () => {
    dingtalk.addEmployees(lilei);
    await saveEmployees(lilei);
    await signInSilently("user0001");
    await runTasks();
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
  });
});

describe("an admitted employee", () => {
  test("has a session, a record and an audit event that agree", async () => {
    dingtalk.addEmployees(lilei);
    const live = await findLiveSession(sessionIdOf(await signInByAuthCode(lilei.unionId)));
    expect(live?.session).toMatchObject({ userId: "user0001", method: "redirect", ...client });
    expect(live?.employee.lastSignedInAt).not.toBeNull();
    expect(await events()).toMatchObject([
      { kind: "signed_in", userId: "user0001", method: "redirect", ip: client.ip },
    ]);
  });

  test("S11 has the details that the company has, not those of the personal account", async () => {
    dingtalk.addEmployees(lilei);
    await signInByAuthCode(lilei.unionId);
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toEqual(lilei);
  });

  test("S23 gets a new session, and the browser's previous session ends", async () => {
    dingtalk.addEmployees(lilei);
    const first = sessionIdOf(await signInSilently("user0001"));
    const second = sessionIdOf(await signInSilently("user0001", { previousSessionId: first }));
    expect(second).not.toBe(first);
    expect(await findLiveSession(first)).toBeNull();
    expect(await findLiveSession(second)).not.toBeNull();
    const [row] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, hashSecret(first)));
    expect(row?.endReason).toBe("replaced");
  });

  test("S21 is stored as a new device the first time only", async () => {
    dingtalk.addEmployees(lilei);
    await signInSilently("user0001");
    await signInByAuthCode(lilei.unionId);
    const rows = await db.select().from(sessions).orderBy(asc(sessions.startedAt));
    expect(rows.map(({ isNewDevice }) => isNewDevice)).toEqual([true, false]);
  });

  test("S24 has at most SESSIONS_PER_EMPLOYEE sessions, also when twenty-five sign in at once", async () => {
    dingtalk.addEmployees(lilei);
    await Promise.all(Array.from({ length: 25 }, () => signInSilently("user0001")));
    expect(await listOpenSessions()).toHaveLength(20);
    expect((await events()).filter(({ reason }) => reason === "over_limit")).toHaveLength(5);
  });

  test("S9 who was rehired under a new userId signs in under that userId", async () => {
    await saveEmployees(lilei);
    dingtalk.addEmployees({ ...buildEmployee("user0101"), unionId: lilei.unionId });
    const live = await findLiveSession(sessionIdOf(await signInByAuthCode(lilei.unionId)));
    expect(live?.employee.userId).toBe("user0101");
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });

  test("S9 who has a reassigned userId does not get the previous employee's record", async () => {
    await saveEmployees(lilei);
    const newcomer = { ...buildEmployee("user0001", { name: "新人" }), unionId: hanmeimei.unionId };
    dingtalk.addEmployees(newcomer);
    const live = await findLiveSession(sessionIdOf(await signInSilently("user0001")));
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
    expect(live?.employee).toMatchObject({ name: "新人", unionId: newcomer.unionId });
  });

  test("who was inactive and is active again signs in silently and with an auth code", async () => {
    await saveEmployees({ ...lilei, active: false });
    dingtalk.addEmployees(lilei);
    sessionIdOf(await signInSilently("user0001"));
    await saveEmployees({ ...lilei, active: false });
    sessionIdOf(await signInByAuthCode(lilei.unionId));
  });
});

describe("S14 a browser in which another employee is signed in", () => {
  test("does not change its session at a silent sign-in", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIdOf(await signInSilently("user0001"));
    await expectRefusal(await signInSilently("user0002", { previousSessionId: first }), "other_person");
    expect(await findLiveSession(first)).not.toBeNull();
    expect(await listOpenSessions()).toEqual(["user0001"]);
  });

  test("S23 changes its session at a sign-in with an auth code, which takes an act of a person", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIdOf(await signInSilently("user0001"));
    sessionIdOf(await signInByAuthCode(hanmeimei.unionId, { previousSessionId: first }));
    expect(await findLiveSession(first)).toBeNull();
    expect(await listOpenSessions()).toEqual(["user0002"]);
  });

  test("changes its session at a silent sign-in once the previous one has ended", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIdOf(await signInSilently("user0001"));
    await db.update(sessions).set({ endedAt: new Date(), endReason: "revoked" });
    sessionIdOf(await signInSilently("user0002", { previousSessionId: first }));
    expect(await listOpenSessions()).toEqual(["user0002"]);
  });
});

describe("the refusal", () => {
  test("S10 is outsider for an account that the company does not have", async () => {
    await expectRefusal(await signInByAuthCode("union-of-a-stranger"), "outsider");
    expect(await listOpenSessions()).toEqual([]);
    expect(await db.select().from(employees)).toEqual([]);
  });

  test("S10 is outsider when the token names another company", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.token.corpId = parseCorpId("dingcorp0002");
    await expectRefusal(await signInByAuthCode(lilei.unionId), "outsider");
    expect(dingtalk.calls).toEqual(["exchangeAuthCode"]);
  });

  test("S10 is outsider for a stranger, even when the token names this company", async () => {
    dingtalk.token.corpId = parseCorpId("dingcorp0001");
    await expectRefusal(await signInByAuthCode("union-of-a-stranger"), "outsider");
  });

  test("is outsider when a silent code names a userId that the company does not have", async () => {
    await expectRefusal(await signInSilently("user0009"), "outsider");
  });

  test("S12 is external_contact for a contact whom the company does not employ", async () => {
    dingtalk.externalContacts.set("union-user0005", "user0005");
    await expectRefusal(await signInByAuthCode("union-user0005"), "external_contact");
    expect(dingtalk.calls).not.toContain("getEmployee");
  });

  test("S9 is outsider when the record belongs to another unionId", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.externalContacts.clear();
    const other = parseUnionId("union-of-another");
    vi.spyOn(dingtalk, "findByUnionId").mockResolvedValueOnce({ userId: lilei.userId, contactType: "member" });
    await expectRefusal(await signInByAuthCode(String(other)), "outsider");
    expect(await listOpenSessions()).toEqual([]);
  });

  test.each(["auth code", "silent code"])("S26 is leaver when the record says inactive (%s)", async (kind) => {
    dingtalk.addEmployees({ ...lilei, active: false });
    const isSilent = kind === "silent code";
    await expectRefusal(isSilent ? await signInSilently("user0001") : await signInByAuthCode(lilei.unionId), "leaver");
    // The audit trail names the employee. (S37)
    expect((await events()).at(-1)).toMatchObject({ kind: "refused", userId: "user0001" });
    expect(await listOpenSessions()).toEqual([]);
  });

  test("S26 is leaver when the company no longer has a known employee, whose sessions are all revoked", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIdOf(await signInSilently("user0001"));
    dingtalk.employees.clear();
    await expectRefusal(await signInByAuthCode(lilei.unionId), "leaver");
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
    expect((await events()).map(({ kind }) => kind)).toEqual(["signed_in", "employee_deactivated", "refused"]);
  });

  test("S26 is leaver when a known employee was disabled, whose sessions are all revoked", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIdOf(await signInSilently("user0001"));
    dingtalk.addEmployees({ ...lilei, active: false });
    await expectRefusal(await signInByAuthCode(lilei.unionId), "leaver");
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });
});

describe("a code", () => {
  test("S3 is accepted once: the second time DingTalk is not called", async () => {
    dingtalk.addEmployees(lilei);
    const code = `${lilei.unionId}/once`;
    sessionIdOf(await signInByAuthCode(lilei.unionId, { code }));
    const asked = dingtalk.calls.length;
    await expectRefusal(await signInByAuthCode(lilei.unionId, { code }), "code_used");
    expect(dingtalk.calls).toHaveLength(asked);
  });

  test("S3 is accepted once among twenty concurrent requests", async () => {
    dingtalk.addEmployees(lilei);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signInSilently("user0001", { code: "user0001/once" })),
    );
    expect(answers.filter((answer) => "sessionId" in answer)).toHaveLength(1);
    expect(dingtalk.calls.filter((call) => call === "resolveSilentCode")).toHaveLength(1);
    expect(await listOpenSessions()).toHaveLength(1);
  });

  test("S3 stays consumed when DingTalk's response was lost", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("resolveSilentCode", new DingTalkError({ call: "v2/user/getuserinfo", kind: "timeout" }));
    await expectRefusal(await signInSilently("user0001", { code: "user0001/once" }), "dingtalk_timeout");
    await expectRefusal(await signInSilently("user0001", { code: "user0001/once" }), "code_used");
    expect(dingtalk.calls).toEqual(["resolveSilentCode"]);
  });
});

describe("S8 a failure", () => {
  const faults: [Refusal, DingTalkError][] = [
    ["dingtalk_unreachable", new DingTalkError({ call: "x", kind: "unreachable" })],
    ["dingtalk_timeout", new DingTalkError({ call: "x", kind: "timeout" })],
    ["dingtalk_failed", new DingTalkError({ call: "x", kind: "http", httpStatus: 502 })],
    ["dingtalk_failed", new DingTalkError({ call: "x", kind: "malformed" })],
    ["permission_missing", new DingTalkError({ call: "x", kind: "refused", reason: "permission_missing" })],
    ["out_of_scope", new DingTalkError({ call: "x", kind: "refused", reason: "out_of_scope" })],
    ["ip_not_allowed", new DingTalkError({ call: "x", kind: "refused", reason: "ip_not_allowed" })],
    ["throttled", new DingTalkError({ call: "x", kind: "refused", reason: "throttled" })],
    ["wrong_credentials", new DingTalkError({ call: "x", kind: "refused", reason: "wrong_credentials" })],
    ["app_disabled", new DingTalkError({ call: "x", kind: "refused", reason: "app_disabled" })],
    ["code_used", new DingTalkError({ call: "x", kind: "refused", reason: "code_used" })],
  ];
  const steps = ["exchangeAuthCode", "getContact", "findByUnionId", "getEmployee"] as const;

  test.each(faults)("with %s at any call of an auth-code sign-in creates no session", async (refusal, failure) => {
    dingtalk.addEmployees(lilei);
    for (const step of steps) {
      dingtalk.reset();
      dingtalk.addEmployees(lilei);
      dingtalk.fail(step, failure);
      await expectRefusal(await signInByAuthCode(lilei.unionId), refusal);
      expect(dingtalk.calls.at(-1)).toBe(step);
    }
    expect(await listOpenSessions()).toEqual([]);
    expect(tasks).toEqual([]);
  });

  test.each(faults)("with %s at any call of a silent sign-in creates no session", async (refusal, failure) => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("resolveSilentCode", failure);
    await expectRefusal(await signInSilently("user0001"), refusal);
    dingtalk.reset();
    dingtalk.fail("getEmployee", failure);
    await expectRefusal(await signInSilently("user0001"), refusal);
    expect(await listOpenSessions()).toEqual([]);
  });

  test("S26 of a DingTalk call revokes no session (S35)", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIdOf(await signInSilently("user0001"));
    for (const [, failure] of faults) {
      dingtalk.fail("getEmployee", failure);
      await signInByAuthCode(lilei.unionId);
    }
    expect(await findLiveSession(elsewhere)).not.toBeNull();
  });

  test("of our own is unexpected, and is logged without its values", async () => {
    const result = await signIn("frame", null, async () => {
      throw new Error("Failed query: select\nparams: 13800000001");
    });
    await expectRefusal(result, "unexpected");
    expect(lines.join()).not.toContain("13800000001");
  });

  test("S7 writes no code and no token to the log or the audit trail", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("getContact", new DingTalkError({ call: "contact/users", kind: "timeout" }));
    await signInByAuthCode(lilei.unionId, { code: `${lilei.unionId}/s3cret-code` });
    const written = lines.join() + JSON.stringify(await events());
    expect(written).toContain("dingtalk_timeout");
    expect(written).not.toMatch(/s3cret-code|token-of/);
  });
});

describe("after the response", () => {
  test("S26 an employee who signed in silently is signed out when DingTalk says inactive", async () => {
    await saveEmployees(lilei);
    dingtalk.addEmployees({ ...lilei, active: false });
    const id = sessionIdOf(await signInSilently("user0001"));
    expect(await findLiveSession(id)).not.toBeNull();
    await runTasks();
    expect(await findLiveSession(id)).toBeNull();
    expect((await events()).map(({ kind }) => kind)).toEqual(["signed_in", "employee_deactivated"]);
  });

  test("S26 an employee who signed in silently is signed out when the company no longer has the userId", async () => {
    await saveEmployees(lilei);
    dingtalk.addEmployees(lilei);
    const id = sessionIdOf(await signInSilently("user0001"));
    dingtalk.employees.clear();
    await runTasks();
    expect(await findLiveSession(id)).toBeNull();
  });

  test("S27 the record of a known employee is refreshed from DingTalk", async () => {
    await saveEmployees(lilei);
    dingtalk.addEmployees({ ...lilei, title: "总监", admin: true });
    sessionIdOf(await signInSilently("user0001"));
    await runTasks();
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toMatchObject({ title: "总监", admin: true });
  });

  test("S35 a failed refresh leaves the session open and is logged", async () => {
    await saveEmployees(lilei);
    dingtalk.addEmployees(lilei);
    const id = sessionIdOf(await signInSilently("user0001"));
    dingtalk.fail("getEmployee", new DingTalkError({ call: "v2/user/get", kind: "timeout" }));
    await runTasks();
    expect(await findLiveSession(id)).not.toBeNull();
    expect(lines.join()).toContain("employee not refreshed");
  });

  test("the departments and the manager of a new employee are fetched", async () => {
    const department = { id: 101, isLeader: false, isMain: true, title: null };
    dingtalk.parentDepartments.set("user0001", [[101, 1]]);
    dingtalk.addEmployees({ ...lilei, departments: [department], managerUserId: "user0002" }, hanmeimei);
    sessionIdOf(await signInByAuthCode(lilei.unionId));
    expect(await findEmployee({ userId: hanmeimei.userId })).toBeNull();
    await runTasks();
    expect((await findEmployee({ userId: hanmeimei.userId }))?.employee.name).toBe("韩梅梅");
    expect(dingtalk.calls).toEqual(expect.arrayContaining(["listParentDepartments", "getDepartment"]));
  });
});
