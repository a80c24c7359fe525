import { z } from "zod";
import { integer, list, optionalText, text } from "./fields";
import { parseUserId, type UserId } from "./identity";

const departmentId = integer.pipe(z.number().positive());

/** A change in the organisation's directory, as DingTalk pushes it. It names who changed, and seldom what. */
export type DirectoryEvent = {
  id: string;
  /** https://open.dingtalk.com/document/development/address-book-events lists the types. */
  type: string;
  corpId: string;
  bornAtMs: number;
  userIds: UserId[];
  departmentIds: number[];
};

type Fields = Record<string, unknown>;

const callbackSchema = z.object({ eventtype: text, eventid: text, corpid: text, eventtime: integer });
const headersSchema = z.object({ eventtype: text, eventid: text, eventcorpid: text, eventborntime: integer });
const record = z.record(z.string(), z.unknown());

/** The name of a callback that only asks whether the address answers: https://open.dingtalk.com/document/development/http-callback-overview */
export const checkUrl = "check_url";

/** Reads the decrypted text of a callback; null when it is none of a change, as `check_url` is. */
export function readCallbackEvent(message: string): DirectoryEvent | { type: string } | null {
  const fields = withLowerCaseNames(parseJson(message));
  const found = callbackSchema.safeParse(fields);
  if (!found.success)
    return (
      z
        .object({ eventtype: text })
        .transform(({ eventtype }) => ({ type: eventtype }))
        .safeParse(fields).data ?? null
    );
  const { eventtype, eventid, corpid, eventtime } = found.data;
  return { id: eventid, type: eventtype, corpId: corpid, bornAtMs: eventtime, ...readWho(fields) };
}

/** Reads an event of Stream mode; null for what is none. */
export function readStreamEvent(headers: unknown, data: string): DirectoryEvent | null {
  const found = headersSchema.safeParse(withLowerCaseNames(headers));
  if (!found.success) return null;
  const { eventtype, eventid, eventcorpid, eventborntime } = found.data;
  const who = readWho(withLowerCaseNames(parseJson(data)));
  return { id: eventid, type: eventtype, corpId: eventcorpid, bornAtMs: eventborntime, ...who };
}

const failedSchema = z.object({ call_back_tag: text, event_time: integer, corpid: optionalText });

/**
 * Reads an entry of the list of failed pushes, which has no id of its own: an event that is listed twice has the same one.
 * https://open.dingtalk.com/document/development/obtain-the-event-list-of-failed-push-messages
 */
export function readFailedEvent(entry: unknown): DirectoryEvent | null {
  const found = failedSchema.safeParse(entry);
  if (!found.success) return null;
  const { call_back_tag: type, event_time: bornAtMs } = found.data;
  const details = withLowerCaseNames(record.safeParse(entry).data?.[type]);
  const corpId = found.data.corpid ?? optionalText.parse(details.corpid) ?? "";
  const who = readWho(details);
  const id = ["failed", type, bornAtMs, ...who.userIds, ...who.departmentIds].join(" ").slice(0, 200);
  return { id, type, corpId, bornAtMs, ...who };
}

/** Older pushes write UserId or UserIds where newer ones write userId. */
function readWho(fields: Fields): Pick<DirectoryEvent, "userIds" | "departmentIds"> {
  return {
    userIds: list(text)
      .parse(fields.userid ?? fields.userids)
      .flatMap((id) => parseUserId(id) ?? []),
    departmentIds: list(departmentId).parse(fields.deptid ?? fields.deptids),
  };
}

function withLowerCaseNames(value: unknown): Fields {
  const fields = record.safeParse(value).data ?? {};
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name.toLowerCase(), field]));
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
