import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { setRequest } from "../../test/next-headers";
import { asAdmin } from "../../test/viewer";
import { createWorld, withSingleton } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { departments, employees } from "../db/schema";
import { ownCorpId } from "../services";
import { type EmployeeQuery, listEmployees } from "./list";
import { saveEmployee } from "./store";

createWorld({ ADMIN_USER_IDS: "user0007, user0008" });

const everyone = { department: null, role: null, state: null, signedIn: null, sort: "recent", before: null } as const;
const firstPage = { ...everyone, search: "", after: null };

async function insertEmployees(count: number, signedInAt: (index: number) => Date | null): Promise<string[]> {
  const inserted = Array.from({ length: count }, (_, index) => buildEmployee(`p${String(index).padStart(4, "0")}`));
  await db.insert(employees).values(
    inserted.map((details, index) => ({
      corpId: ownCorpId(),
      ...details,
      searchText: details.userId,
      details,
      lastSignedInAt: signedInAt(index),
    })),
  );
  return inserted.map(({ userId }) => userId);
}

async function listAllPages(search = ""): Promise<string[]> {
  const admin = await asAdmin();
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page = await listEmployees(admin, { ...everyone, search, after });
    seen.push(...page.employees.map(({ userId }) => userId));
    after = page.next;
  } while (after);
  return seen;
}

describe("the pages of the directory", () => {
  test("show 120 employees with the same time once each", async () => {
    const ids = await insertEmployees(120, () => new Date("2026-11-20T08:00:00.001Z"));
    expect((await listAllPages()).filter((id) => id !== "user0002")).toEqual(ids);
  });

  test("show 120 employees who never signed in once each", async () => {
    const ids = await insertEmployees(120, () => null);
    expect((await listAllPages()).filter((id) => id !== "user0002")).toEqual(ids);
  });

  test("show every employee once, the latest sign-in first", async () => {
    const moments = fc.constantFrom(null, 0, 1, 1_000, 1_760_000_000_001, 1_760_000_000_002, 1_760_000_000_500);
    const times = fc.array(moments, { minLength: 51, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(times, async (given) => {
        await db.execute(sql`truncate employees`);
        const ids = await insertEmployees(given.length, (index) => toDate(given[index]));
        const seen = (await listAllPages()).filter((id) => id !== "user0002");
        expect([...seen].sort()).toEqual(ids);
        const order = seen.map((id) => given[ids.indexOf(id)] ?? 0);
        expect(order).toEqual([...order].sort((a, b) => b - a));
      }),
      { numRuns: 5 },
    );
  });

  test("have 50 employees and the total number", async () => {
    await insertEmployees(120, () => null);
    const page = await listEmployees(await asAdmin(), firstPage);
    expect(page.employees).toHaveLength(50);
    expect(page.total).toBe(121);
  });

  test("have no next page after the last", async () => {
    await insertEmployees(49, () => null);
    expect((await listEmployees(await asAdmin(), firstPage)).next).toBeNull();
  });

  test("begin at the first one for a key that is made up", async () => {
    const admin = await asAdmin();
    const page = await listEmployees(admin, { ...everyone, search: "", after: "made-up" });
    expect(page.employees.map(({ userId }) => userId)).toEqual(["user0002"]);
  });

  test("pass times to PostgreSQL in a form that its driver accepts", async () => {
    await insertEmployees(60, () => new Date("2026-11-20T08:00:00.001Z"));
    const admin = await asAdmin();
    const { next } = await listEmployees(admin, firstPage);
    const sent: unknown[] = [];
    const logger = { logQuery: (_query: string, params: unknown[]) => void sent.push(...params) };
    const unreachable = drizzle.mock({ logger });
    await withSingleton("database", { database: { db: unreachable } }, async () => {
      await listEmployees(admin, { ...everyone, search: "", after: next }).catch(() => {});
    });
    expect(sent).toContain("2026-11-20T08:00:00.001Z");
    expect(sent.filter((param) => typeof param === "object")).toEqual([]);
  });
});

function toDate(time: number | null | undefined): Date | null {
  return typeof time === "number" ? new Date(time) : null;
}

describe("searching the directory", () => {
  async function find(search: string): Promise<string[]> {
    const page = await listEmployees(await asAdmin(), { ...everyone, search, after: null });
    return page.employees.map(({ userId }) => userId).filter((id) => id !== "user0002");
  }

  async function save(userId: string, fields: object): Promise<void> {
    await saveEmployee(db, buildEmployee(userId, fields));
  }

  test("finds by name, userId, job number, title and company email, in any case", async () => {
    await save("user0001", {
      name: "李雷 Li Lei",
      jobNumber: "A-17",
      title: "Engineer",
      orgEmail: "LiLei@example.com",
    });
    await save("user0003", { name: "王五" });
    for (const search of ["李雷", "li lei", "USER0001", "a-17", "ENGINEER", "lilei@EXAMPLE", " lei  li "])
      expect([search, await find(search)]).toEqual([search, ["user0001"]]);
  });

  test("finds by pinyin, initials, email and mobile number, and by the last digits alone where it is hidden", async () => {
    await save("user0001", { name: "单小明", mobile: "13812345678", email: "private@example.org" });
    await save("user0003", { name: "王五", mobile: "13900001111", hideMobile: true });
    for (const search of ["shan", "sxm", "xiaoming", "sh", "xm", "5678", "13812345678", "private@"])
      expect([search, await find(search)]).toEqual([search, ["user0001"]]);
    expect([await find("1111"), await find("13900001111"), await find("00001111")]).toEqual([["user0003"], [], []]);
  });

  test("matches pattern characters literally", async () => {
    await save("user0001", { name: "100%" });
    await save("user0003", { name: "a_b" });
    await save("user0004", { name: "back\\slash" });
    await save("user0005", { name: "axb 1000" });
    expect(await find("%")).toEqual(["user0001"]);
    expect(await find("a_b")).toEqual(["user0003"]);
    expect(await find("\\")).toEqual(["user0004"]);
    expect(await find("' or 1=1 --")).toEqual([]);
  });

  test("accepts any input", async () => {
    const admin = await asAdmin();
    const typed = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constant("\0"));
    await fc.assert(
      fc.asyncProperty(typed, async (search) => {
        expect((await listEmployees(admin, { ...everyone, search, after: null })).total).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 20 },
    );
  });

  test("covers several pages", async () => {
    await insertEmployees(60, () => null);
    expect(await listAllPages("p00")).toHaveLength(60);
  });
});

describe("a row of the directory", () => {
  test("names the departments that are stored and omits the others", async () => {
    const memberships = [
      { id: 101, isLeader: false, isMain: true, title: null },
      { id: 999, isLeader: false, isMain: false, title: null },
    ];
    await saveEmployee(db, buildEmployee("user0001", { departments: memberships }));
    await db.insert(departments).values({ corpId: ownCorpId(), id: 101, name: "研发部", parentId: 1 });
    const { employees: rows } = await listEmployees(await asAdmin(), { ...everyone, search: "user0001", after: null });
    expect(rows).toMatchObject([{ departments: ["研发部"], active: true, isAdmin: false, lastSignedInAt: null }]);
  });

  test("S31 marks as admin only an employee whom DingTalk or the settings name", async () => {
    await saveEmployee(db, buildEmployee("user0007"));
    await saveEmployee(db, buildEmployee("user0001"));
    const { employees: rows } = await listEmployees(await asAdmin("user0002"), firstPage);
    const marks = Object.fromEntries(rows.map(({ userId, isAdmin }) => [userId, isAdmin]));
    expect(marks).toEqual({ user0001: false, user0002: true, user0007: true });
  });

  test("S29 contains no contact details and no unionId", async () => {
    await saveEmployee(db, buildEmployee("user0001", { mobile: "13800000001", email: "private@example.org" }));
    const page = await listEmployees(await asAdmin(), firstPage);
    expect(JSON.stringify(page)).not.toMatch(/13800000001|private@example\.org|union-/);
  });

  test("S9 of another company is not included", async () => {
    const admin = await asAdmin();
    await insertEmployees(3, () => null);
    await db.execute(sql`update employees set corp_id = 'dingcorp0002' where user_id like 'p%'`);
    expect((await listEmployees(admin, firstPage)).total).toBe(1);
  });
});

describe("S37 a search in the directory", () => {
  const client = { ip: "203.0.113.24", userAgent: "an office browser" };

  async function search(...pages: EmployeeQuery[]) {
    const admin = await asAdmin();
    setRequest({ headers: { "x-forwarded-for": client.ip, "user-agent": client.userAgent } });
    for (const page of pages) await listEmployees(admin, page);
    return recordedEvents(eq(auditEvents.kind, "directory_searched"));
  }

  test("is recorded with the admin, the address and the browser", async () => {
    expect(await search({ ...everyone, search: "李雷", after: null })).toMatchObject([
      { actorUserId: "user0002", userId: null, ...client },
    ]);
  });

  test.each([
    ["李雷", "李*"],
    ["李", "*"],
    ["13800000001", "1**********"],
    [" LiLei@example.com  a\0b ", "l**************** * *"],
    ["x".repeat(500), `x${"*".repeat(99)}`],
  ])("stores no personal data: %j becomes %j", async (term, masked) => {
    expect(await search({ ...everyone, search: term, after: null })).toMatchObject([{ reason: masked }]);
  });

  test("is recorded for each page, and not without a term", async () => {
    const pages = [null, "next"].map((after) => ({ ...everyone, search: "李", after }));
    expect(await search(...pages, firstPage, { ...everyone, search: " ", after: null })).toHaveLength(2);
  });
});
