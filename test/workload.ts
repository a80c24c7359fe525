import { eq, sql } from "drizzle-orm";
import { admit, type SignInResult } from "../lib/auth/admit";
import { identifyByAuthCode, identifyBySilentCode, identifyByTicket } from "../lib/auth/identify";
import { requireViewer } from "../lib/auth/viewer";
import { auditEvents } from "../lib/db/audit-schema";
import { type Db, db } from "../lib/db/client";
import { consumedCodes } from "../lib/db/expiring-schema";
import { sessions, tickets } from "../lib/db/schema";
import { type Employee } from "../lib/dingtalk/employee";
import { hashSecret, randomSecret } from "../lib/secrets";
import { ownCorpId } from "../lib/services";
import { revokeOtherSessions } from "../lib/sessions/manage";
import { type PhoneViewer } from "../lib/sessions/permission";
import { endOnSignOut } from "../lib/sessions/session";
import { approveTicket, scanTicket } from "../lib/tickets/phone";
import { createTicket } from "../lib/tickets/ticket";
import { type Random } from "./disk-model";
import { setRequest } from "./next-headers";
import { sessionCookie } from "./viewer";

const client = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/156.0.0.0 Safari/537.36" };

/** What callers were told: it must not be lost. Sessions by the hash of their id, with whether they have ended. */
export type Acknowledged = {
  sessions: Map<string, "live" | "ended">;
  codes: Set<string>;
  usedTickets: Set<string>;
  /** How many audit events of a kind an employee has at least. */
  events: Map<string, number>;
};

/** Signs in, signs out, revokes and approves tickets as the app does, in random order, for these employees. */
export function createWorkload(employees: Employee[], random: Random) {
  const open = new Map<string, Employee>();
  const acknowledged: Acknowledged = {
    sessions: new Map(),
    codes: new Set(),
    usedTickets: new Set(),
    events: new Map(),
  };

  function pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(random() * list.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }
  function noteEvent(kind: string, { userId }: Employee): void {
    const key = `${kind} of ${userId}`;
    acknowledged.events.set(key, (acknowledged.events.get(key) ?? 0) + 1);
  }
  function noteSession(result: SignInResult, employee: Employee): void {
    if (!("sessionId" in result)) throw new Error(`refused: ${result.refusal}`);
    open.set(result.sessionId, employee);
    acknowledged.sessions.set(hashSecret(result.sessionId), "live");
    noteEvent("signed_in", employee);
  }
  function noteEnd(sessionId: string): void {
    open.delete(sessionId);
    acknowledged.sessions.set(hashSecret(sessionId), "ended");
  }
  async function signInByAuthCode(employee = pick(employees)): Promise<void> {
    const [state, code] = [randomSecret(), `${employee.unionId}/${randomSecret()}`];
    const oauthState = { state, method: "redirect", returnTo: "/profile" } as const;
    const attempt = { method: "redirect", client, previousSessionId: null } as const;
    const result = await admit(attempt, () => identifyByAuthCode({ state: oauthState, code, isDenied: false }));
    noteSession(result, employee);
    acknowledged.codes.add(hashSecret(`auth code:${code}`)).add(hashSecret(`state:${state}`));
  }
  async function signInSilently(): Promise<void> {
    const employee = pick(employees);
    const code = `${employee.userId}/${randomSecret()}`;
    const attempt = { method: "silent", client, previousSessionId: null } as const;
    noteSession(await admit(attempt, () => identifyBySilentCode(code)), employee);
    acknowledged.codes.add(hashSecret(`silent code:${code}`));
  }
  async function signInByTicket(): Promise<void> {
    const employee = pick(employees);
    const secret = randomSecret();
    const ticket = await createTicket(secret, client);
    if (!ticket) throw new Error("too many tickets");
    const { id, number } = ticket;
    await scanTicket(onPhone(employee), { id, client });
    if ((await approveTicket(onPhone(employee), { id, number, client })) !== "approved") throw new Error("too late");
    noteEvent("ticket_decided", employee);
    const attempt = { method: "ticket", client, previousSessionId: null } as const;
    noteSession(await admit(attempt, () => identifyByTicket({ id, secret })), employee);
    acknowledged.usedTickets.add(hashSecret(id));
  }
  async function signOut(): Promise<void> {
    if (open.size === 0) return signInSilently();
    const [sessionId, employee] = pick([...open]);
    open.delete(sessionId);
    await endOnSignOut({ idHash: hashSecret(sessionId), corpId: ownCorpId(), userId: employee.userId, client });
    noteEnd(sessionId);
  }
  async function runTogether(): Promise<void> {
    const steps = [signInByAuthCode, signInSilently, signInByTicket, signOut];
    await Promise.all([pick(steps)(), pick(steps)(), pick(steps)()]);
  }
  /** Everyone's first sign-in: a ticket signs in only employees who are known. */
  async function begin(): Promise<void> {
    for (const employee of employees) await signInByAuthCode(employee);
  }
  /** Alone, because the request that it belongs to is the only one of the test. */
  async function revoke(): Promise<void> {
    if (open.size === 0) return;
    const [sessionId, employee] = pick([...open]);
    setRequest({ cookies: await sessionCookie(sessionId) });
    await revokeOtherSessions(await requireViewer());
    for (const [other, owner] of [...open]) if (owner === employee && other !== sessionId) noteEnd(other);
  }
  async function step(): Promise<void> {
    const turn = random();
    if (turn < 0.8) return runTogether();
    if (turn < 0.95) return revoke();
    await checkpoint();
  }
  return { acknowledged, begin, checkpoint, step };
}

async function checkpoint(): Promise<void> {
  await db.execute(sql`checkpoint`);
}

/** A phone viewer, as lib/auth/viewer.ts makes one. */
function onPhone({ userId }: Employee): PhoneViewer {
  // biome-ignore lint/plugin: only lib/auth/viewer.ts makes viewers; the test takes its place.
  return { corpId: ownCorpId(), userId, session: { method: "silent" } } as unknown as PhoneViewer;
}

/** What was acknowledged and is not in this database. */
export async function findLost(found: Db, { sessions: acked, codes, usedTickets, events }: Acknowledged) {
  const ends = new Map((await found.select().from(sessions)).map(({ idHash, endedAt }) => [idHash, endedAt]));
  const hashes = new Set((await found.select().from(consumedCodes)).map(({ hash }) => hash));
  const used = await found.select().from(tickets).where(eq(tickets.state, "used"));
  const usedHashes = new Set(used.map(({ idHash }) => idHash));
  const counts = new Map<string, number>();
  for (const { kind, userId } of await found.select().from(auditEvents)) {
    const key = `${kind} of ${userId}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [
    ...[...acked].filter(([hash, state]) => !ends.has(hash) || (state === "ended" && !ends.get(hash))).map(String),
    ...[...codes].filter((hash) => !hashes.has(hash)).map((hash) => `code ${hash}`),
    ...[...usedTickets].filter((hash) => !usedHashes.has(hash)).map((hash) => `ticket ${hash}`),
    ...[...events].filter(([key, count]) => (counts.get(key) ?? 0) < count).map(([key]) => `event ${key}`),
  ];
}
