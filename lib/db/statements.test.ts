import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin, asViewer, signInAs } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { admit } from "../auth/admit";
import { type Identified, identifyByAuthCode, identifyBySilentCode, identifyByTicket } from "../auth/identify";
import { requireAdmin, requireViewer } from "../auth/viewer";
import { findProfile, getOwnProfile } from "../employees/profile";
import { refreshRelated } from "../employees/refresh";
import { listReports } from "../employees/reports";
import { saveEmployee } from "../employees/store";
import { exceedsLimit } from "../http/rate-limits";
import { hashSecret } from "../secrets";
import { listSignIns } from "../sessions/history";
import { findRevokedByLimit } from "../sessions/limit";
import { listOwnSessions, listSessionsOf } from "../sessions/manage";
import { findUnreviewed } from "../sessions/new-device";
import { type SignInMethod } from "../sign-in-method";
import { createTicket } from "../tickets/ticket";
import { database, db } from "./client";
import { departments, tickets } from "./schema";

vi.mock("next/server", () => ({ after: () => {} }));

const client = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/156.0.0.0 Safari/537.36" };
const corpId = "dingcorp0001";
const memberships = [101, 102].map((id) => ({ id, isLeader: false, isMain: false, title: null }));
const lilei = buildEmployee("user0001", { departments: memberships, managerUserId: "user0009" });
const manager = buildEmployee("user0009");

/** What a statement writes, or the table that it reads when it writes none. */
function summarise(text: string): string {
  const writes = [...text.matchAll(/\b(insert into|update|delete from) "(\w+)"/g)];
  if (writes.length === 0) return `read ${/\bfrom "(\w+)"/.exec(text)?.[1]}`;
  return writes.map(([, verb, table]) => `${verb} ${table}`).join(", ");
}

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const note = (text: unknown) => void statements.push(summarise(String(text)));
  subscribe("dingtalk-login:statement", note);
  await work();
  unsubscribe("dingtalk-login:statement", note);
  return statements;
}

type Attempt = { method: SignInMethod; previousSessionId?: string };

async function signIn({ method, previousSessionId }: Attempt, identify: () => Promise<Identified>): Promise<void> {
  const result = await admit({ method, client, previousSessionId: previousSessionId ?? null }, identify);
  expect(result).toHaveProperty("sessionId");
}

function byAuthCode(previousSessionId?: string) {
  const state = { state: crypto.randomUUID(), method: "redirect", returnTo: "/profile" } as const;
  const code = `${lilei.unionId}/${crypto.randomUUID()}`;
  const attempt = { method: "redirect", ...(previousSessionId && { previousSessionId }) } as const;
  return signIn(attempt, () => identifyByAuthCode({ state, code, isDenied: false }));
}

function silently(previousSessionId?: string) {
  const code = `${lilei.userId}/${crypto.randomUUID()}`;
  const attempt = { method: "silent", ...(previousSessionId && { previousSessionId }) } as const;
  return signIn(attempt, () => identifyBySilentCode(code));
}

async function approveTicket() {
  const ticket = await createTicket("a secret", client);
  const id = ticket?.id ?? "";
  const approved = { state: "approved", userId: lilei.userId } as const;
  await db
    .update(tickets)
    .set(approved)
    .where(eq(tickets.idHash, hashSecret(id)));
  return { id, secret: "a secret" };
}

/** The departments of three levels and the manager are stored. */
async function saveRelated(): Promise<void> {
  const parents: [number, number | null][] = [
    [101, 10],
    [102, 10],
    [10, 1],
    [1, null],
  ];
  const rows = parents.map(([id, parentId]) => ({ corpId, id, name: `Department ${id}`, parentId }));
  await db.insert(departments).values(rows);
  await saveEmployee(db, manager);
}

const note = "update employees";
const create = "insert into audit_events, insert into sessions";
const replace = "insert into audit_events, update sessions, insert into sessions";

onBothEngines((settings) => {
  const { dingtalk } = createWorld(settings);

  test("a sign-in by QR code costs five statements", async () => {
    dingtalk.addEmployees(lilei);
    const save = "update employees, insert into employees";
    const expected = ["insert into consumed_codes", "read employees", save, note, create];
    expect(await statementsOf(byAuthCode)).toEqual(expected);
    expect(await statementsOf(byAuthCode)).toEqual(expected);
  });

  test("a sign-in by QR code that replaces a session costs no more", async () => {
    dingtalk.addEmployees(lilei);
    const former = await signInAs(lilei);
    const statements = await statementsOf(() => byAuthCode(former));
    expect(statements).toHaveLength(5);
    expect(statements.at(-1)).toBe(replace);
  });

  test("a silent sign-in costs four statements, and five when the employee is unknown", async () => {
    dingtalk.addEmployees(lilei);
    const save = "update employees, insert into employees";
    const identify = ["insert into consumed_codes", "read employees"];
    expect(await statementsOf(silently)).toEqual([...identify, save, note, create]);
    expect(await statementsOf(silently)).toEqual([...identify, note, create]);
  });

  test("S14 a silent sign-in over a session costs one more, which reads whose it is", async () => {
    dingtalk.addEmployees(lilei);
    const former = await signInAs(lilei);
    const identify = ["insert into consumed_codes", "read employees", "read sessions"];
    expect(await statementsOf(() => silently(former))).toEqual([...identify, note, replace]);
  });

  test("a sign-in by ticket costs four statements", async () => {
    await saveEmployee(db, lilei);
    const ticket = await approveTicket();
    const statements = await statementsOf(() => signIn({ method: "ticket" }, () => identifyByTicket(ticket)));
    expect(statements).toEqual(["update tickets", "read employees", note, create]);
  });

  test("what follows a sign-in reads the departments in one statement, and the manager", async () => {
    await saveRelated();
    expect(await statementsOf(() => refreshRelated(lilei))).toEqual(["read departments", "read employees"]);
  });

  test("a session check costs one statement", async () => {
    await asViewer(lilei.userId);
    expect(await statementsOf(requireViewer)).toEqual(["read sessions"]);
  });

  test("the own profile costs the session check, the departments, the manager and the notice", async () => {
    await saveRelated();
    await signInAs(lilei);
    const statements = await statementsOf(async () => {
      const viewer = await requireViewer();
      const { departments } = await getOwnProfile(viewer);
      expect(departments.map(({ path }) => path.length)).toEqual([3, 3]);
      await findUnreviewed(viewer);
    });
    expect(statements).toEqual(["read sessions", "read departments", "read employees", "read sessions"]);
    expect(dingtalk.calls).toEqual([]);
  });

  test("the page of one's sessions costs the check, the list, the two notices", async () => {
    await signInAs(lilei);
    const statements = await statementsOf(async () => {
      const viewer = await requireViewer();
      await listOwnSessions(viewer);
      await findRevokedByLimit(viewer);
      await findUnreviewed(viewer);
    });
    expect(statements).toEqual(Array.from({ length: 4 }, () => "read sessions"));
  });

  test("an admin's page of an employee costs ten statements, one of which records the view", async () => {
    await saveRelated();
    await saveEmployee(db, lilei);
    await asAdmin();
    const statements = await statementsOf(async () => {
      const admin = await requireAdmin();
      expect(await findProfile(admin, lilei.userId)).toHaveProperty("found");
      await listSessionsOf(admin, lilei.userId);
      await listSignIns(admin, { userId: lilei.userId, after: null });
      await listReports(admin, lilei.userId);
      await findUnreviewed(admin);
    });
    const profile = ["read employees", "read departments", "read employees", "insert into audit_events"];
    const lists = ["read sessions", "read sessions", "read audit_events", "read employees"];
    expect(statements).toEqual(["read sessions", ...profile, ...lists, "read sessions"]);
  });

  test("S42 the limit of a request costs a statement only where several processes share the count", async () => {
    const expected = database().kind === "postgres" ? ["insert into rate_limits"] : [];
    const use = () => exceedsLimit(["request by ip", "203.0.113.24"], ["request by browser", "a browser"]);
    expect(await statementsOf(use)).toEqual(expected);
  });
});
