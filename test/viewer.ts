import { encode } from "next-auth/jwt";
import { requireAdmin, requireViewer } from "../lib/auth/viewer";
import { db } from "../lib/db/client";
import { type Employee } from "../lib/dingtalk/employee";
import { saveEmployee } from "../lib/employees/store";
import { env } from "../lib/env";
import { authCookies } from "../lib/http/cookies";
import { ownCorpId } from "../lib/services";
import { openSession } from "../lib/sessions/open";
import { type Admin, type Viewer } from "../lib/sessions/permission";
import { type SignInMethod } from "../lib/sign-in-method";
import { person } from "./dingtalk";
import { arrive } from "./next-headers";

/** A cookie as next-auth seals it. */
export function seal(token: Record<string, unknown>): Promise<string> {
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}

/** Opens a session for this employee and arrives with its cookie. Only for tests that mock next/headers. */
export async function sitDown(employee: Employee, method: SignInMethod = "frame"): Promise<string> {
  const handle = await db();
  await saveEmployee(handle, employee);
  const client = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/156.0.0.0 Safari/537.36" };
  const sessionId = await openSession(handle, { corpId: ownCorpId(), userId: employee.userId, method, client });
  arrive({ cookies: { [authCookies().sessionToken.name]: await seal({ sessionId }) } });
  return sessionId;
}

export async function seatViewer(userId = "user0001"): Promise<Viewer> {
  await sitDown(person(userId));
  return requireViewer();
}

export async function seatAdmin(userId = "user0002"): Promise<Admin> {
  await sitDown(person(userId, { admin: true }));
  return requireAdmin();
}
