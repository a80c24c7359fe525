import { type ApiCall } from "./call";
import { type CorpTokenOptions } from "./corp-token";
import * as schemas from "./schemas";

/** Opens a connection of Stream mode. */
export function connectionCall({ clientId, clientSecret }: CorpTokenOptions): ApiCall<schemas.Connection> {
  const subscriptions = [{ type: "EVENT", topic: "*" }];
  const body = { clientId, clientSecret, subscriptions, ua: "dingtalk-login", localIp: "127.0.0.1" };
  const path = "/v1.0/gateway/connections/open";
  return {
    name: "gateway/connections/open",
    host: "api",
    method: "POST",
    path,
    body,
    schema: schemas.connectionSchema,
  };
}

/** Takes the events that could not be pushed; a second sending would lose what the first one took. */
export function failedEventsCall() {
  const path = "/call_back/get_call_back_failed_result";
  const schema = schemas.failedEventsSchema;
  return { name: "get_call_back_failed_result", host: "oapi", method: "GET", path, schema, onlyOnce: true } as const;
}

/** Who left: at most 50 a page. The first page has the token "0". */
export function leaveRecordsCall(sinceMs: number, nextToken = "0"): ApiCall<schemas.LeaveRecords> {
  const startTime = new Date(sinceMs).toISOString().replace(/\.\d+/, "");
  const query = { startTime, nextToken, maxResults: "50" };
  const path = "/v1.0/contact/empLeaveRecords";
  return {
    name: "contact/empLeaveRecords",
    host: "api",
    method: "GET",
    path,
    query,
    schema: schemas.leaveRecordsSchema,
  };
}
