import { expect, test } from "vitest";
import { listEmployees } from "../employees/list";
import { findProfile, getOwnProfile } from "../employees/profile";
import { listSessionsOf, revokeSessionsOf } from "./manage";
import { type Admin, type PhoneViewer, type Viewer } from "./permission";

/** Never run: the compiler is what is tested here, and it fails where one of these lines is no error any more. */
function refusedByTheCompiler(viewer: Viewer, phone: PhoneViewer): unknown[] {
  const madeUp = { ...viewer, isAdmin: true };
  const plain = { corpId: viewer.corpId, userId: viewer.userId, isAdmin: true, name: "", avatarUrl: null };
  const all = { search: "", after: null };
  return [
    // @ts-expect-error a viewer is no admin
    listEmployees(viewer, all),
    // @ts-expect-error who says of himself that he is an admin is none
    listEmployees(madeUp, all),
    // @ts-expect-error an object that looks like an admin is none
    listEmployees(plain, all),
    // @ts-expect-error a viewer on a phone is no admin either
    listEmployees(phone, all),
    // @ts-expect-error a viewer is no admin
    findProfile(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is none
    findProfile(plain, "user0001"),
    // @ts-expect-error a viewer is no admin
    listSessionsOf(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is none
    listSessionsOf(plain, "user0001"),
    // @ts-expect-error a viewer is no admin
    revokeSessionsOf(viewer, "user0001"),
    // @ts-expect-error an object that looks like an admin is none
    revokeSessionsOf(plain, "user0001"),
    // @ts-expect-error nobody has a record of his own without having been found signed in
    getOwnProfile(plain),
  ];
}

/** Never run either: what may be done must go on to compile. */
function allowedByTheCompiler(admin: Admin, viewer: Viewer): unknown[] {
  return [
    listEmployees(admin, { search: "", after: null }),
    findProfile(admin, "user0001"),
    getOwnProfile(viewer),
    getOwnProfile(admin),
  ];
}

test("S28 a page that forgot to prove its permission does not compile", () => {
  expect(refusedByTheCompiler).toHaveLength(2);
  expect(allowedByTheCompiler).toHaveLength(2);
});
