import { beforeAll, describe, expect, test, vi } from "vitest";
import { findPostgres, startPostgres } from "../e2e/postgres";
import { recordAdminSettings } from "../lib/audit/admins";
import { recordRefusal, summariseRefusals } from "../lib/audit/refusals";
import { admit } from "../lib/auth/admit";
import { identifyByAuthCode, identifyBySilentCode, identifyByTicket } from "../lib/auth/identify";
import { findPhoneViewer, requireAdmin, requireViewer } from "../lib/auth/viewer";
import { writePageKey, writeTextKey } from "../lib/db/page-key";
import { listEmployees } from "../lib/employees/list";
import { listReports } from "../lib/employees/reports";
import { ownCorpId } from "../lib/services";
import { listCompanySessions } from "../lib/sessions/company";
import { listSignIns } from "../lib/sessions/history";
import { findRevokedByLimit } from "../lib/sessions/limit";
import { listOwnSessions } from "../lib/sessions/manage";
import { findUnreviewed } from "../lib/sessions/new-device";
import { readOverview } from "../lib/statistics/overview";
import { sweep } from "../lib/sweep";
import { approveTicket, scanTicket } from "../lib/tickets/phone";
import { createTicket, viewTicket } from "../lib/tickets/ticket";
import { countChained, readFilter } from "../lib/trail/filter";
import { listTrail } from "../lib/trail/list";
import { newestPosition } from "../lib/trail/position";
import { readTrailQuery } from "../lib/trail/query";
import { buildEmployee } from "./dingtalk";
import { explain, type Observed, observeEmbedded, observePostgres } from "./explain";
import { fillDatabase } from "./fill";
import { signInAs } from "./viewer";
import { createWorld } from "./world";

vi.mock("next/server", () => ({ after: () => {} }));
const { dingtalk } = createWorld({ ADMIN_USER_IDS: "filled7" });

/** So many that reading a whole table costs many times what an index costs, and the choice between them is never close. */
const size = { employees: 5000, sessions: 20_000, events: 20_000 };
const client = { ip: "198.51.100.7", userAgent: "a browser" };
const known = "filled7";
const everyone = { department: null, role: null, state: null, signedIn: null, sort: "recent", before: null } as const;
const firstPage = { ...everyone, search: "", after: null };

const work = {
  "a session check": async () => {
    await requireViewer();
  },
  "what a page says of the viewer's sessions": async () => {
    const viewer = await requireViewer();
    await Promise.all([findUnreviewed(viewer), findRevokedByLimit(viewer), listOwnSessions(viewer)]);
  },
  "a first sign-in by QR": () => signInByAuthCode("union-new0001"),
  "a known sign-in by QR": () => signInByAuthCode(`union-${known}`),
  "a first silent sign-in": () => signInSilently("new0002"),
  "a known silent sign-in": () => signInSilently(known),
  "a sign-in by ticket": signInByTicket,
  "a refusal and its summary": async () => {
    for (let times = 0; times < 2; times += 1) await recordRefusal({ refusal: "outsider", method: "frame", client });
    await summariseRefusals();
  },
  "a start": recordAdminSettings,
  "a sweep": sweep,
  "the first page of the employees": async () => {
    await listEmployees(await requireAdmin(), firstPage);
  },
  "a page in the middle of the employees": async () => {
    const after = writePageKey({ at: new Date(Date.now() - 1200 * 60_000), id: "filled1200" });
    await listEmployees(await requireAdmin(), { ...everyone, search: "", after });
  },
  "the pages of the employees before one in the middle": async () => {
    const admin = await requireAdmin();
    const before = writePageKey({ at: new Date(Date.now() - 1200 * 60_000), id: "filled1200" });
    const byName = writeTextKey({ text: "m", id: "filled1200" });
    await listEmployees(admin, { ...firstPage, before });
    await listEmployees(admin, { ...firstPage, sort: "name", before: byName });
  },
  "the employees by name, and those of a role, a state or a short search": async () => {
    const admin = await requireAdmin();
    const queries = [{ sort: "name" }, { role: "admin" }, { state: "inactive" }, { search: "zz" }] as const;
    for (const query of queries) await listEmployees(admin, { ...firstPage, ...query });
  },
  "the first page of the company's sessions": async () => {
    await listCompanySessions(await requireAdmin(), { search: "", after: null });
  },
  "a page in the middle of the company's sessions": async () => {
    const after = writePageKey({ at: new Date(Date.now() - 2.5 * 86_400_000), id: "m" });
    await listCompanySessions(await requireAdmin(), { search: "", after });
  },
  "the audit trail, whatever narrows it": async () => {
    const admin = await requireAdmin();
    const after = writePageKey({ at: new Date(Date.now() - 3 * 86_400_000), id: "5000" });
    const middle = { after };
    const persons = [{ person: known }, { person: known, kind: "refused" }, { person: known, ...middle }];
    const kinds = [{ kind: "refused" }, { kind: "sync_paused" }, { outcome: "attention" }, { outcome: "refused" }];
    const others = [{}, middle, { within: "hour" }, { reference: "7KQ2M9PX" }, { kind: "signed_in", ...middle }];
    for (const given of [...persons, ...kinds, ...others]) await listTrail(admin, readTrailQuery(given));
  },
  "new events of the audit trail": async () => {
    const { filter } = await readFilter(await requireAdmin(), readTrailQuery({ kind: "refused" }));
    const upTo = await newestPosition();
    await countChained(filter, upTo - 20, upTo);
  },
  "the overview": async () => {
    await readOverview(await requireAdmin(), 30);
  },
  "an employee's reports": async () => {
    await listReports(await requireAdmin(), "filled8");
  },
  "the first page of an employee's history": async () => {
    await listSignIns(await requireAdmin(), { userId: known, after: null });
  },
  "a page in the middle of an employee's history": async () => {
    const after = writePageKey({ at: new Date(Date.now() - 40 * 86_400_000), id: "rm" });
    await listSignIns(await requireAdmin(), { userId: known, after });
  },
};

async function signInByAuthCode(unionId: string): Promise<void> {
  const state = { state: crypto.randomUUID(), method: "redirect", returnTo: "/" } as const;
  const code = `${unionId}/${crypto.randomUUID()}`;
  const attempt = { method: "redirect", client, previousSessionId: "a former session" } as const;
  expect(await admit(attempt, () => identifyByAuthCode({ state, code, isDenied: false }))).toHaveProperty("sessionId");
}

async function signInSilently(userId: string): Promise<void> {
  const attempt = { method: "silent", client, previousSessionId: null } as const;
  const result = await admit(attempt, () => identifyBySilentCode(`${userId}/${crypto.randomUUID()}`));
  expect(result).toHaveProperty("sessionId");
}

async function signInByTicket(): Promise<void> {
  const phone = await findPhoneViewer();
  const ticket = await createTicket("secret", client);
  if (!phone || !ticket) throw new Error("no phone or no ticket");
  const credentials = { id: ticket.id, secret: "secret" };
  await scanTicket(phone, { ...credentials, client });
  await approveTicket(phone, { ...credentials, number: ticket.number, client });
  await viewTicket(credentials);
  const attempt = { method: "ticket", client, previousSessionId: null } as const;
  expect(await admit(attempt, () => identifyByTicket(credentials))).toHaveProperty("sessionId");
}

/** Fills a database, does all the work in it, and returns the plans of every statement by what it was for. */
async function collectPlans(observed: Observed): Promise<Map<string, string[]>> {
  const { statements, run } = observed;
  globalThis.singletons?.set("database", { database: observed.database });
  await fillDatabase(run, ownCorpId(), size);
  dingtalk.addEmployees(...[known, "new0001", "new0002"].map((userId) => buildEmployee(userId)));
  await signInAs(buildEmployee("user0002", { admin: true }), "silent");
  // The total of a long list is counted once, and then kept for a minute.
  await Promise.all([
    listEmployees(await requireAdmin(), firstPage),
    listCompanySessions(await requireAdmin(), { search: "", after: null }),
  ]);
  const plans = new Map<string, string[]>();
  for (const [what, act] of Object.entries(work)) {
    statements.length = 0;
    await act();
    const found = [];
    for (const statement of statements.splice(0)) found.push(...(await explain(observed, statement)));
    plans.set(what, found);
  }
  return plans;
}

const server = findPostgres();
const engines = [
  { name: "the embedded database", open: async () => ({ observed: await observeEmbedded(), stop: async () => {} }) },
  ...(server ? [{ name: "PostgreSQL", open: () => openServer(server) }] : []),
];

async function openServer(found: NonNullable<typeof server>) {
  const { url, stop } = await startPostgres(found);
  return { observed: await observePostgres(url), stop };
}

describe.each(engines)("with 20,000 sessions in $name", ({ open }) => {
  let plans = new Map<string, string[]>();
  beforeAll(async () => {
    const former = globalThis.singletons?.get("database");
    const { observed, stop } = await open();
    plans = await collectPlans(observed);
    if (observed.database.kind === "pglite") return;
    await observed.database.close();
    await stop();
    globalThis.singletons?.set("database", former);
  });

  test.each(Object.keys(work))("%s reads no whole table", (what) => {
    const found = plans.get(what) ?? [];
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.filter((plan) => /Seq Scan on (employees|sessions|audit_events|audit_chain|tickets)/.test(plan)),
    ).toEqual([]);
  });

  test.each([
    [
      "a page in the middle of the employees",
      /Index Scan using employees_latest_first[\s\S]*Index Cond: .*ROW\(.* > ROW\(/,
    ],
    [
      "the pages of the employees before one in the middle",
      /Index Scan Backward using employees_(latest_first|by_name)[\s\S]*Index Cond: .*ROW\(.* < ROW\(/,
    ],
    ["a page in the middle of the company's sessions", /sessions_open[\s\S]*Index Cond: .*ROW\(.* < ROW\(/],
    [
      "a page in the middle of an employee's history",
      /(sessions_employee|audit_events_about)[\s\S]*Index Cond: .*ROW\(.* < ROW\(/,
    ],
  ])("%s begins at its key in the index", (what, expected) => {
    const pages = (plans.get(what) ?? []).filter(
      (plan) => plan.includes("limit $") && !plan.includes(": select count(*)"),
    );
    expect(pages.length).toBeGreaterThanOrEqual(2);
    for (const page of pages.slice(-2)) expect(page).toMatch(expected);
  });
});
