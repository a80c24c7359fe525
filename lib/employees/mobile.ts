import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type Employee } from "../dingtalk/employee";
import { parseUserId } from "../dingtalk/identity";
import { currentClient } from "../http/client-info";
import { type Admin } from "../sessions/permission";
import { findEmployee } from "./store";

/** A number of this length has four digits in the middle that can be hidden, as Chinese mobile numbers are masked. */
const maskableLength = 11;

/** The record without the digits by which the number could be called. */
export function maskMobile(employee: Employee): Employee {
  return { ...employee, mobile: employee.mobile && maskNumber(employee.mobile) };
}

function maskNumber(number: string): string {
  const [start, end] = number.length >= maskableLength ? [3, 4] : [0, 2];
  const hidden = "*".repeat(Math.max(number.length - start - end, 1));
  return number.slice(0, start) + hidden + number.slice(start + hidden.length);
}

/** Records that an admin is about to see the mobile number that an employee hides; false when there is none. (S37) */
export async function recordMobileView(admin: Admin, userId: string): Promise<boolean> {
  const id = parseUserId(userId);
  const found = id && (await findEmployee({ userId: id }));
  if (!found?.employee.mobile || !found.employee.hideMobile) return false;
  const { corpId, userId: actorUserId } = admin;
  const client = await currentClient();
  await recordEvent(db, { kind: "mobile_viewed", corpId, userId: found.employee.userId, actorUserId, client });
  return true;
}
