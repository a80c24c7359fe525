import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { listReports } from "./reports";
import { saveEmployee } from "./store";

createWorld();

async function hire(userId: string, managerUserId: string | null, active = true): Promise<void> {
  await saveEmployee(db, buildEmployee(userId, { managerUserId, active }));
}

test("the reports of an employee are those on record who are active, by userId", async () => {
  for (const userId of ["user0004", "user0003"]) await hire(userId, "user0001");
  await hire("user0005", "user0001", false);
  await hire("user0006", "user0002");
  await hire("user0007", null);
  expect(await listReports(await asAdmin(), "user0001")).toEqual({
    employees: [
      { userId: "user0003", name: "Name of user0003" },
      { userId: "user0004", name: "Name of user0004" },
    ],
    total: 2,
  });
});

test("of many reports the first 50 are given, with the number of all", async () => {
  for (let number = 10; number < 63; number += 1) await hire(`user00${number}`, "user0001");
  const { employees: shown, total } = await listReports(await asAdmin(), "user0001");
  expect(total).toBe(53);
  expect(shown).toHaveLength(50);
});

test("S9 no one of another company is a report", async () => {
  await hire("user0003", "user0001");
  const admin = await asAdmin();
  await db.update(employees).set({ corpId: "dingcorp0002" }).where(eq(employees.userId, "user0003"));
  expect(await listReports(admin, "user0001")).toEqual({ employees: [], total: 0 });
});
