import { randomUUID } from "node:crypto";
import { type CompanyEvent } from "./records";

/** The documents show no timeStamp for the other types. */
const typesWithTimeStamp = ["user_add_org", "user_modify_org", "user_leave_org", "org_admin_add", "org_admin_remove"];

/** What is special to an event: the data of a Stream frame, and a part of the body of a callback. */
export function eventData(event: CompanyEvent): Record<string, unknown> {
  return {
    ...(typesWithTimeStamp.includes(event.type) ? { timeStamp: String(event.bornAt) } : {}),
    // The document shows an object; published events have an array.
    ...(event.diff ? { diffInfo: [event.diff] } : {}),
    ...(event.userIds.length > 0 ? { userId: event.userIds } : {}),
    ...(event.deptIds.length > 0 ? { deptId: event.deptIds } : {}),
  };
}

/** The plain text of a callback: https://open.dingtalk.com/document/development/address-book-user-resignation */
export function callbackBody(event: CompanyEvent): Record<string, unknown> {
  if (event.type === "check_url") return { EventType: event.type };
  return {
    EventType: event.type,
    EventTime: event.bornAt,
    CorpId: event.corpId,
    BizId: randomUUID(),
    eventId: event.id,
    ...eventData(event),
  };
}

/** An entry of the failed list. Its keys are those of the older callbacks, all in lower case. */
export function failedEntry(event: CompanyEvent): Record<string, unknown> {
  const details = {
    ...(event.userIds.length > 0 ? { userid: event.userIds } : {}),
    ...(event.deptIds.length > 0 ? { deptid: event.deptIds } : {}),
    corpid: event.corpId,
  };
  return { [event.type]: details, call_back_tag: event.type, event_time: event.bornAt };
}
