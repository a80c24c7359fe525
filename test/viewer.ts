import { seal } from "../lib/auth/seal";
import { requireAdmin, requireRecent, requireViewer } from "../lib/auth/viewer";
import { db } from "../lib/db/client";
import { type Employee } from "../lib/dingtalk/employee";
import { saveEmployee } from "../lib/employees/store";
import { cookieSettings } from "../lib/http/cookies";
import { ownCorpId } from "../lib/services";
import { createSession } from "../lib/sessions/create";
import { type Admin, type RecentAdmin, type Viewer } from "../lib/sessions/permission";
import { type SignInMethod } from "../lib/sign-in-method";
import { buildEmployee } from "./dingtalk";
import { setRequest } from "./next-headers";

/** The cookie of a session, as a browser sends it. */
export async function sessionCookie(sessionId: string): Promise<Record<string, string>> {
  return { [cookieSettings("session").name]: await seal("", { sessionId }, 3600) };
}

/** Creates a session for this employee; the next request carries its cookie. */
export async function signInAs(employee: Employee, method: SignInMethod = "frame"): Promise<string> {
  await saveEmployee(db, employee);
  const client = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/156.0.0.0 Safari/537.36" };
  const sessionId = await createSession(db, { corpId: ownCorpId(), userId: employee.userId, method, client });
  setRequest({ cookies: await sessionCookie(sessionId) });
  return sessionId;
}

/** Signs in as an employee and returns the viewer. */
export async function asViewer(userId = "user0001"): Promise<Viewer> {
  await signInAs(buildEmployee(userId));
  return requireViewer();
}

/** Signs in as an admin just now, as dangerous acts require. */
export async function asRecentAdmin(userId = "user0002"): Promise<RecentAdmin> {
  return requireRecent(await asAdmin(userId), "/");
}

/** Signs in as an employee whom DingTalk names as admin. */
export async function asAdmin(userId = "user0002"): Promise<Admin> {
  await signInAs(buildEmployee(userId, { admin: true }));
  return requireAdmin();
}
