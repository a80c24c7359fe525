import { z } from "zod";
import { recordMobileView } from "../employees/mobile";
import { readCookie, writeCookie } from "../http/cookies";
import { type Admin } from "../sessions/permission";
import { consumeOnce } from "./consume-once";
import { seal, unseal } from "./seal";

/** How long the page may take to follow the tap. */
const lifeSeconds = 60;

const grant = z.object({ sessionId: z.string(), sub: z.string(), jti: z.string() });

/**
 * Lets the next view of an employee's page show the mobile number that the employee hides, in this browser and once. The audit
 * event is written first. A cookie carries the permission, so that it works without scripts and the number is in no address.
 */
export async function grantMobile(admin: Admin, userId: string): Promise<void> {
  if (!(await recordMobileView(admin, userId))) return;
  const sealed = await seal("mobile", { sessionId: admin.session.id, sub: userId }, lifeSeconds);
  await writeCookie("shown-mobile", sealed, lifeSeconds);
}

/** Whether this view may show it: the admin asked for this employee's number in this session, and no view has shown it yet. */
export async function takeMobileGrant(admin: Admin, userId: string): Promise<boolean> {
  const { data } = grant.safeParse(await unseal("mobile", await readCookie("shown-mobile")));
  if (!data || data.sub !== userId || data.sessionId !== admin.session.id) return false;
  return (await consumeOnce({ "mobile grant": data.jti })).size === 0;
}
