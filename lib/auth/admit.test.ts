import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { auditEvents, employees, sessions } from "../db/schema";
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

/** Arrives with a fresh code, or with one that is given. */
function scan(unionId: string, { previousSessionId = null, code = `${unionId}/${crypto.randomUUID()}` }: Door = {}) {
  const state = { state: crypto.randomUUID(), method: "redirect", returnTo: "/profile" } as const;
  return enter("redirect", previousSessionId, () => identifyByAuthCode({ state, code, isDenied: false }));
}

function open(userId: string, { previousSessionId = null, code = `${userId}/${crypto.randomUUID()}` }: Door = {}) {
  return enter("silent", previousSessionId, () => identifyBySilentCode(code));
}

type Door = { previousSessionId?: string | null; code?: string };

function enter(method: SignInMethod, previousSessionId: string | null, identify: Parameters<typeof admit>[1]) {
  return admit({ method, client, previousSessionId }, identify);
}

function sessionIn(result: SignInResult): string {
  if ("sessionId" in result) return result.sessionId;
  throw new Error(`refused: ${result.refusal}`);
}

async function runTasks(): Promise<void> {
  for (const task of tasks.splice(0)) await task();
}

async function know(...people: (typeof lilei)[]): Promise<void> {
  for (const employee of people) await saveEmployee(db, employee);
}

async function events() {
  return db.select().from(auditEvents).orderBy(asc(auditEvents.id));
}

async function openSessions(): Promise<string[]> {
  const rows = await db.select().from(sessions);
  return rows.filter(({ endedAt }) => endedAt === null).map(({ userId }) => userId);
}

/** Refused for this reason, under a number that stands in the trail and in the log, with nobody let in. (S8, S37, S38) */
async function expectRefusal(result: SignInResult, refusal: Refusal): Promise<void> {
  if ("sessionId" in result) throw new Error("let in");
  expect(result.refusal).toBe(refusal);
  expect(result.reference).toMatch(/^[2-9A-Z]{8}$/);
  const { reference } = result;
  expect((await events()).at(-1)).toMatchObject({ kind: "refused", reason: refusal, reference, ip: client.ip });
  expect(lines.join()).toContain(reference);
}

describe("the calls a sign-in costs", () => {
  test("are two for the first silent one", async () => {
    dingtalk.addEmployees(lilei);
    sessionIn(await open("user0001"));
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
  });

  test("are one for the silent one of somebody known", async () => {
    dingtalk.addEmployees(lilei);
    await know(lilei);
    sessionIn(await open("user0001"));
    expect(dingtalk.calls).toEqual(["resolveSilentCode"]);
  });

  test("are four for the first QR", async () => {
    dingtalk.addEmployees(lilei);
    sessionIn(await scan(lilei.unionId));
    expect(dingtalk.calls).toEqual(["exchangeAuthCode", "getContact", "findByUnionId", "getEmployee"]);
  });

  test("are three for the QR of somebody known", async () => {
    dingtalk.addEmployees(lilei);
    await know(lilei);
    sessionIn(await scan(lilei.unionId));
    expect(dingtalk.calls).toEqual(["exchangeAuthCode", "getContact", "getEmployee"]);
  });

  test("do not grow by what is learnt after the answer, except there", async () => {
    dingtalk.addEmployees(lilei);
    await know(lilei);
    await open("user0001");
    await runTasks();
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
  });
});

describe("somebody who is let in", () => {
  test("has a session, a record and an event that agree", async () => {
    dingtalk.addEmployees(lilei);
    const live = await findLiveSession(sessionIn(await scan(lilei.unionId)));
    expect(live?.session).toMatchObject({ userId: "user0001", method: "redirect", ...client });
    expect(live?.employee.lastSignedInAt).not.toBeNull();
    expect(await events()).toMatchObject([
      { kind: "signed_in", userId: "user0001", method: "redirect", ip: client.ip },
    ]);
  });

  test("S11 is who the company says, not who the personal account says", async () => {
    dingtalk.addEmployees(lilei);
    await scan(lilei.unionId);
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toEqual(lilei);
  });

  test("S23 gets a new session, and the browser's former one ends", async () => {
    dingtalk.addEmployees(lilei);
    const first = sessionIn(await open("user0001"));
    const second = sessionIn(await open("user0001", { previousSessionId: first }));
    expect(second).not.toBe(first);
    expect(await findLiveSession(first)).toBeNull();
    expect(await findLiveSession(second)).not.toBeNull();
    const [row] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, hashSecret(first)));
    expect(row?.endReason).toBe("replaced");
  });

  test("S9 rehired under a new userId comes in by QR as that one", async () => {
    await know(lilei);
    dingtalk.addEmployees({ ...buildEmployee("user0101"), unionId: lilei.unionId });
    const live = await findLiveSession(sessionIn(await scan(lilei.unionId)));
    expect(live?.employee.userId).toBe("user0101");
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });

  test("who was away and is active again comes in by QR and silently", async () => {
    await know({ ...lilei, active: false });
    dingtalk.addEmployees(lilei);
    sessionIn(await open("user0001"));
    await know({ ...lilei, active: false });
    sessionIn(await scan(lilei.unionId));
  });
});

describe("S14 a browser in which somebody else is signed in", () => {
  test("keeps that person's session when the other comes silently", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIn(await open("user0001"));
    await expectRefusal(await open("user0002", { previousSessionId: first }), "other_person");
    expect(await findLiveSession(first)).not.toBeNull();
    expect(await openSessions()).toEqual(["user0001"]);
  });

  test("S23 changes hands by a QR, which is an act, and the former session ends", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIn(await open("user0001"));
    sessionIn(await scan(hanmeimei.unionId, { previousSessionId: first }));
    expect(await findLiveSession(first)).toBeNull();
    expect(await openSessions()).toEqual(["user0002"]);
  });

  test("changes hands silently once that session is over", async () => {
    dingtalk.addEmployees(lilei, hanmeimei);
    const first = sessionIn(await open("user0001"));
    await db.update(sessions).set({ endedAt: new Date(), endReason: "revoked" });
    sessionIn(await open("user0002", { previousSessionId: first }));
    expect(await openSessions()).toEqual(["user0002"]);
  });
});

describe("somebody who is not let in", () => {
  test("S10 is an outsider when the company knows nobody of that account", async () => {
    await expectRefusal(await scan("union-of-a-stranger"), "outsider");
    expect(await openSessions()).toEqual([]);
    expect(await db.select().from(employees)).toEqual([]);
  });

  test("S10 is an outsider when the token names another company", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.token.corpId = parseCorpId("dingcorp0002");
    await expectRefusal(await scan(lilei.unionId), "outsider");
    expect(dingtalk.calls).toEqual(["exchangeAuthCode"]);
  });

  test("S10 is nobody by the company's name in the token alone", async () => {
    dingtalk.token.corpId = parseCorpId("dingcorp0001");
    await expectRefusal(await scan("union-of-a-stranger"), "outsider");
  });

  test("is an outsider when a silent code names nobody the company has", async () => {
    await expectRefusal(await open("user0009"), "outsider");
  });

  test("S12 is an external contact, which the company knows but does not employ", async () => {
    dingtalk.externalContacts.set("union-user0005", "user0005");
    await expectRefusal(await scan("union-user0005"), "external_contact");
    expect(dingtalk.calls).not.toContain("getEmployee");
  });

  test("S9 is an outsider when the record belongs to another union id", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.externalContacts.clear();
    const other = parseUnionId("union-of-another");
    vi.spyOn(dingtalk, "findByUnionId").mockResolvedValueOnce({ userId: lilei.userId, contactType: "member" });
    await expectRefusal(await scan(String(other)), "outsider");
    expect(await openSessions()).toEqual([]);
  });

  test.each(["scan", "open"] as const)("S26 is a leaver when the record says inactive (%s)", async (way) => {
    dingtalk.addEmployees({ ...lilei, active: false });
    await expectRefusal(way === "scan" ? await scan(lilei.unionId) : await open("user0001"), "leaver");
    expect(await openSessions()).toEqual([]);
  });

  test("S26 is a leaver when the company no longer has somebody known, who is put out everywhere", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIn(await open("user0001"));
    dingtalk.employees.clear();
    await expectRefusal(await scan(lilei.unionId), "leaver");
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
    expect((await events()).map(({ kind }) => kind)).toEqual(["signed_in", "employee_deactivated", "refused"]);
  });

  test("S26 is a leaver when somebody known was disabled, who is put out everywhere", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIn(await open("user0001"));
    dingtalk.addEmployees({ ...lilei, active: false });
    await expectRefusal(await scan(lilei.unionId), "leaver");
    expect(await findLiveSession(elsewhere)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });

  test("S9 does not come in on the record of whoever had the userId before", async () => {
    await know(lilei);
    const newcomer = { ...buildEmployee("user0001", { name: "新人" }), unionId: hanmeimei.unionId };
    dingtalk.addEmployees(newcomer);
    const live = await findLiveSession(sessionIn(await open("user0001")));
    expect(dingtalk.calls).toEqual(["resolveSilentCode", "getEmployee"]);
    expect(live?.employee).toMatchObject({ name: "新人", unionId: newcomer.unionId });
  });
});

describe("a code", () => {
  test("S3 is taken once: the second time DingTalk is not even asked", async () => {
    dingtalk.addEmployees(lilei);
    const code = `${lilei.unionId}/once`;
    sessionIn(await scan(lilei.unionId, { code }));
    const asked = dingtalk.calls.length;
    await expectRefusal(await scan(lilei.unionId, { code }), "code_used");
    expect(dingtalk.calls).toHaveLength(asked);
  });

  test("S3 is taken once when it comes twenty times at once", async () => {
    dingtalk.addEmployees(lilei);
    const answers = await Promise.all(Array.from({ length: 20 }, () => open("user0001", { code: "user0001/once" })));
    expect(answers.filter((answer) => "sessionId" in answer)).toHaveLength(1);
    expect(dingtalk.calls.filter((call) => call === "resolveSilentCode")).toHaveLength(1);
    expect(await openSessions()).toHaveLength(1);
  });

  test("S3 stays spent when DingTalk's answer was lost", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("resolveSilentCode", new DingTalkError({ call: "v2/user/getuserinfo", kind: "timeout" }));
    await expectRefusal(await open("user0001", { code: "user0001/once" }), "dingtalk_timeout");
    await expectRefusal(await open("user0001", { code: "user0001/once" }), "code_used");
    expect(dingtalk.calls).toEqual(["resolveSilentCode"]);
  });
});

describe("S8 a failure on the way lets nobody in", () => {
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

  test.each(faults)("%s, at whichever call it happens", async (refusal, failure) => {
    dingtalk.addEmployees(lilei);
    for (const step of steps) {
      dingtalk.reset();
      dingtalk.addEmployees(lilei);
      dingtalk.fail(step, failure);
      await expectRefusal(await scan(lilei.unionId), refusal);
      expect(dingtalk.calls.at(-1)).toBe(step);
    }
    expect(await openSessions()).toEqual([]);
    expect(tasks).toEqual([]);
  });

  test.each(faults)("%s, in the silent way", async (refusal, failure) => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("resolveSilentCode", failure);
    await expectRefusal(await open("user0001"), refusal);
    dingtalk.reset();
    dingtalk.fail("getEmployee", failure);
    await expectRefusal(await open("user0001"), refusal);
    expect(await openSessions()).toEqual([]);
  });

  test("S26 a failure to ask puts nobody out who is in already (S35)", async () => {
    dingtalk.addEmployees(lilei);
    const elsewhere = sessionIn(await open("user0001"));
    for (const [, failure] of faults) {
      dingtalk.fail("getEmployee", failure);
      await scan(lilei.unionId);
    }
    expect(await findLiveSession(elsewhere)).not.toBeNull();
  });

  test("a fault of ours is unexpected, and is told to the log without its values", async () => {
    const result = await enter("frame", null, async () => {
      throw new Error("Failed query: select\nparams: 13800000001");
    });
    await expectRefusal(result, "unexpected");
    expect(lines.join()).not.toContain("13800000001");
  });

  test("S7 no code and no token reaches the log or the trail", async () => {
    dingtalk.addEmployees(lilei);
    dingtalk.fail("getContact", new DingTalkError({ call: "contact/users", kind: "timeout" }));
    await scan(lilei.unionId, { code: `${lilei.unionId}/s3cret-code` });
    const kept = lines.join() + JSON.stringify(await events());
    expect(kept).toContain("dingtalk_timeout");
    expect(kept).not.toMatch(/s3cret-code|token-of/);
  });
});

describe("after the answer", () => {
  test("S26 somebody known who came in silently is put out when the fresh record says inactive", async () => {
    await know(lilei);
    dingtalk.addEmployees({ ...lilei, active: false });
    const id = sessionIn(await open("user0001"));
    expect(await findLiveSession(id)).not.toBeNull();
    await runTasks();
    expect(await findLiveSession(id)).toBeNull();
    expect((await events()).map(({ kind }) => kind)).toEqual(["signed_in", "employee_deactivated"]);
  });

  test("S26 and when the company has nobody of that id any more", async () => {
    await know(lilei);
    dingtalk.addEmployees(lilei);
    const id = sessionIn(await open("user0001"));
    dingtalk.employees.clear();
    await runTasks();
    expect(await findLiveSession(id)).toBeNull();
  });

  test("S27 the record of somebody known is as fresh as DingTalk's", async () => {
    await know(lilei);
    dingtalk.addEmployees({ ...lilei, title: "总监", admin: true });
    sessionIn(await open("user0001"));
    await runTasks();
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toMatchObject({ title: "总监", admin: true });
  });

  test("S35 a DingTalk that fails then leaves the session open and tells the log", async () => {
    await know(lilei);
    dingtalk.addEmployees(lilei);
    const id = sessionIn(await open("user0001"));
    dingtalk.fail("getEmployee", new DingTalkError({ call: "v2/user/get", kind: "timeout" }));
    await runTasks();
    expect(await findLiveSession(id)).not.toBeNull();
    expect(lines.join()).toContain("employee not refreshed");
  });

  test("names around a newcomer are learnt: departments and the manager", async () => {
    const place = { id: 101, isLeader: false, isMain: true, title: null };
    dingtalk.parentDepartments.set("user0001", [[101, 1]]);
    dingtalk.addEmployees({ ...lilei, departments: [place], managerUserId: "user0002" }, hanmeimei);
    sessionIn(await scan(lilei.unionId));
    expect(await findEmployee({ userId: hanmeimei.userId })).toBeNull();
    await runTasks();
    expect((await findEmployee({ userId: hanmeimei.userId }))?.employee.name).toBe("韩梅梅");
    expect(dingtalk.calls).toEqual(expect.arrayContaining(["listParentDepartments", "getDepartment"]));
  });
});
