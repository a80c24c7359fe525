import { encode } from "next-auth/jwt";
import { db } from "../db/client";
import type { Employee } from "../dingtalk/employee";
import { saveEmployee } from "../employees/store";
import { env } from "../env";
import type { Admin, Viewer } from "../permission";
import { ownCorpId } from "../services";
import { openSession } from "../sessions/open";
import type { WayIn } from "../sessions/way-in";
import { person } from "../test-dingtalk";
import { arrive } from "../test-headers";
import { authCookies } from "./cookies";
import { requireAdmin, requireViewer } from "./viewer";

/** A cookie as next-auth seals it. */
export function seal(token: Record<string, unknown>): Promise<string> {
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}

/** Opens a session for this employee and arrives with its cookie. Only for tests that mock next/headers. */
export async function sitDown(employee: Employee, wayIn: WayIn = "frame"): Promise<string> {
  const handle = await db();
  await saveEmployee(handle, employee);
  const visit = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x64) Chrome/156.0.0.0 Safari/537.36" };
  const sessionId = await openSession(handle, { corpId: ownCorpId(), userId: employee.userId, wayIn, visit });
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
