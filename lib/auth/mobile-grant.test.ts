import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { cookieChanges, setRequest } from "../../test/next-headers";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { saveEmployee } from "../employees/store";
import { type Admin } from "../sessions/permission";
import { grantMobile, takeMobileGrant } from "./mobile-grant";

createWorld();

const hidden = buildEmployee("user0011", { mobile: "13800000011", hideMobile: true });

/** What the browser sends after the response of the tap. */
async function tap(admin: Admin, userId: string): Promise<Record<string, string>> {
  setRequest({ headers: { "x-forwarded-for": "203.0.113.24", "user-agent": "an office browser" } });
  await grantMobile(admin, userId);
  const cookies = Object.fromEntries(cookieChanges.map(({ name, value }) => [name, value]));
  setRequest({ cookies });
  return cookies;
}

async function views() {
  return recordedEvents(eq(auditEvents.kind, "mobile_viewed"));
}

test("S37 a hidden mobile number is shown once after a tap, which is recorded", async () => {
  await saveEmployee(db, hidden);
  const admin = await asAdmin();
  expect(await takeMobileGrant(admin, "user0011")).toBe(false);
  const cookies = await tap(admin, "user0011");
  expect(await takeMobileGrant(admin, "user0011")).toBe(true);
  expect(await takeMobileGrant(admin, "user0011")).toBe(false);
  expect(JSON.stringify(cookies)).not.toContain("13800000011");
  expect(await views()).toMatchObject([
    { userId: "user0011", actorUserId: "user0002", ip: "203.0.113.24", userAgent: "an office browser" },
  ]);
});

test("S29 a tap shows no other employee's number, and none in another session", async () => {
  await saveEmployee(db, hidden);
  const [former, admin] = [await asAdmin(), await asAdmin()];
  const cookies = await tap(admin, "user0011");
  expect(await takeMobileGrant(admin, "user0012")).toBe(false);
  expect(await takeMobileGrant(former, "user0011")).toBe(false);
  setRequest({ cookies: Object.fromEntries(Object.keys(cookies).map((name) => [name, "a.b.c.d.e"])) });
  expect(await takeMobileGrant(admin, "user0011")).toBe(false);
});

test.each([
  ["is not hidden", { hideMobile: false }],
  ["is missing", { mobile: null }],
])("a tap has no effect for a number that %s", async (_name, fields) => {
  await saveEmployee(db, { ...hidden, ...fields });
  const admin = await asAdmin();
  for (const userId of ["user0011", "user0404", "a\0b"]) await tap(admin, userId);
  expect(await takeMobileGrant(admin, "user0011")).toBe(false);
  expect(await views()).toEqual([]);
});
