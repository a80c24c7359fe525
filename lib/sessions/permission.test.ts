import { expect, test } from "vitest";
import { grantMobile } from "../auth/mobile-grant";
import { listEmployees } from "../employees/list";
import { findProfile, getOwnProfile, reloadProfile } from "../employees/profile";
import { listReports } from "../employees/reports";
import { listCompanySessions, revokeCompanySessions, revokeSession } from "./company";
import { listSignIns } from "./history";
import { listSessionsOf, revokeSessionsOf } from "./manage";
import { type Admin, type PhoneViewer, type Viewer } from "./permission";

/** Never called: this tests the compiler, which fails when one of these lines is no longer an error. */
function refusedByTheCompiler(viewer: Viewer, phone: PhoneViewer, admin: Admin): unknown[] {
  const madeUp = { ...viewer, isAdmin: true };
  const plain = { corpId: viewer.corpId, userId: viewer.userId, isAdmin: true, name: "", avatarUrl: null };
  const all = { search: "", after: null, department: null, role: null, state: null, signedIn: null, sort: "recent" };
  return [
    // @ts-expect-error a viewer is not an admin
    listEmployees(viewer, all),
    // @ts-expect-error a viewer with isAdmin set by hand is not an admin
    listEmployees(madeUp, all),
    // @ts-expect-error an object that looks like an admin is not one
    listEmployees(plain, all),
    // @ts-expect-error a phone viewer is not an admin either
    listEmployees(phone, all),
    // @ts-expect-error a viewer is not an admin
    findProfile(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is not one
    findProfile(plain, "user0001"),
    // @ts-expect-error a viewer is not an admin
    listSessionsOf(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is not one
    listSessionsOf(plain, "user0001"),
    // @ts-expect-error a viewer is not an admin
    revokeSessionsOf(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is not one
    revokeSessionsOf(plain, "user0001"),
    // @ts-expect-error an admin who signed in long ago does no dangerous act
    revokeSessionsOf(admin, "user0001"),
    // @ts-expect-error an admin who signed in long ago does no dangerous act
    revokeCompanySessions(admin, { keepsOwn: true }),
    // @ts-expect-error a viewer is not an admin
    listCompanySessions(viewer, { search: "", after: null }),
    // @ts-expect-error a viewer is not an admin
    listSignIns(viewer, { userId: "user0001", after: null }),
    // @ts-expect-error a viewer is not an admin
    listReports(viewer, "user0001"),
    // @ts-expect-error a viewer is not an admin
    reloadProfile(viewer, "user0001"),
    // @ts-expect-error a viewer is not an admin
    grantMobile(viewer, "user0001"),
    // @ts-expect-error a viewer is not an admin
    revokeSession(viewer, "id"),
    // @ts-expect-error an object that looks like a viewer is not one
    getOwnProfile(plain),
  ];
}

/** Never called either: these lines must compile. */
function allowedByTheCompiler(admin: Admin, viewer: Viewer): unknown[] {
  return [
    listEmployees(admin, {
      search: "",
      after: null,
      before: null,
      department: null,
      role: null,
      state: null,
      signedIn: null,
      sort: "recent",
    }),
    findProfile(admin, "user0001"),
    getOwnProfile(viewer),
    getOwnProfile(admin),
  ];
}

test("S28 a page without a permission check does not compile", () => {
  expect(refusedByTheCompiler).toHaveLength(3);
  expect(allowedByTheCompiler).toHaveLength(2);
});
