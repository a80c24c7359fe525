import { type ApiCall, type Host, type Priority } from "./call";
import { createCallQueue } from "./call-queue";
import { type CircuitState, createCircuitBreaker } from "./circuit-breaker";
import { type CorpTokenOptions, corpTokenCall, createCorpTokenCache } from "./corp-token";
import {
  departmentCall,
  employeeCountCall,
  type Language,
  type MemberPage,
  membersCall,
  parentDepartmentsCall,
  subDepartmentsCall,
  type VisibleRange,
  visibleRangeCall,
} from "./directory-calls";
import { type Employee } from "./employee";
import { employeeLegacySchema } from "./employee-legacy";
import { employeeV2Schema } from "./employee-v2";
import { type DirectoryEvent, readFailedEvent } from "./event";
import { connectionCall, failedEventsCall, leaveRecordsCall } from "./event-calls";
import { type UnionId, type UserId } from "./identity";
import { defaultTimeoutMs, type NetworkOptions, openNetwork, type SendHttp } from "./request";
import { createRetry } from "./retry";
import * as schemas from "./schemas";
import { type CallOptions, createSendCall } from "./send-call";

export type DingTalkOptions = CallOptions &
  NetworkOptions &
  CorpTokenOptions & {
    /** `legacy` is for organisations whose app has no permission for the current API. */
    employeeApi: "v2" | "legacy";
    /** Receives each change of a host's circuit breaker, except that from open to half open, which is a matter of time. */
    onCircuit?: (change: { host: Host; state: CircuitState }) => void;
    /** How many calls per second each API may receive, DingTalk's limit for the app; null, the default: no limit. */
    callsPerSecond?: number | null;
    /** Replaces the network. */
    send?: SendHttp;
    random?: () => number;
    wait?: (ms: number) => Promise<void>;
  };

export type WorkNotification = {
  agentId: number;
  userId: UserId;
  title: string;
  markdown: string;
  link: { title: string; url: string };
};

/** DingTalk's API for one app of one organisation. Every method throws only DingTalkError. */
export type DingTalk = {
  /**
   * Exchanges an auth code, which DingTalk accepts once. Never retried: after a lost response the code may be used up.
   * https://open.dingtalk.com/document/development/obtain-user-token
   */
  exchangeAuthCode(code: string): Promise<schemas.UserToken>;
  /**
   * Exchanges a refresh token, which DingTalk accepts once. Never retried.
   * https://open.dingtalk.com/document/development/obtain-user-token
   */
  refreshUserToken(refreshToken: string): Promise<schemas.UserToken>;
  /**
   * Reads the account of a user token, or another account by its union id. Email and mobile are personal, not the company's.
   * https://open.dingtalk.com/document/development/dingtalk-retrieve-user-information
   */
  getContact(userToken: string, unionId?: UnionId): Promise<schemas.Contact>;
  /**
   * Resolves a silent code, which DingTalk accepts once. Sent again only after DingTalk rejected the corp token, which does
   * not consume the code. https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free
   */
  resolveSilentCode(code: string): Promise<schemas.SilentIdentity>;
  /**
   * Finds a person of this organisation. Throws with the reason `not_member` when there is none.
   * https://open.dingtalk.com/document/development/query-a-user-by-the-union-id
   */
  findByUnionId(unionId: UnionId): Promise<schemas.Membership>;
  /**
   * Reads an employee's record. Throws with the reason `not_member` when there is none.
   * https://open.dingtalk.com/document/development/query-user-details
   */
  getEmployee(userId: UserId, options?: { language?: Language; priority?: Priority }): Promise<Employee>;
  /** https://open.dingtalk.com/document/development/query-department-details0-v2 */
  getDepartment(id: number, options?: { language?: Language }): Promise<schemas.Department>;
  /**
   * Lists the path from each of a person's departments up to the root: [[101, 10, 1], …].
   * https://open.dingtalk.com/document/development/queries-the-list-of-all-parent-departments-of-a-user
   */
  listParentDepartments(userId: UserId): Promise<number[][]>;
  /** Reads which departments and people the app may see. DingTalk describes it among the older server APIs (/auth/scopes). */
  getVisibleRange(): Promise<VisibleRange>;
  /**
   * Lists the departments directly below one, in the order of the address book.
   * https://open.dingtalk.com/document/development/obtain-the-department-list-v2
   */
  listSubDepartments(id: number): Promise<schemas.Department[]>;
  /**
   * Lists the people of one department, without those below it, at most 100 a page. The first page has the cursor 0.
   * https://open.dingtalk.com/document/development/queries-the-complete-information-of-a-department-user
   */
  listMembers(departmentId: number, cursor: number): Promise<MemberPage>;
  /** Counts everyone in the organisation, also outside the visible range and before the first use of DingTalk. */
  countEmployees(): Promise<number>;
  /**
   * Sends a work notification from the app to one person. Whether it was read is unknown. Never retried.
   * https://open.dingtalk.com/document/development/asynchronous-sending-of-enterprise-session-messages
   */
  sendWorkNotification(notification: WorkNotification): Promise<void>;
  /**
   * Asks for an address and a ticket of Stream mode, for one connection within 90 seconds.
   * https://open.dingtalk.com/document/direction/stream-mode-protocol-access-description
   */
  openConnection(): Promise<schemas.Connection>;
  /**
   * Takes at most 200 events that could not be pushed. DingTalk forgets what it returns, so it is never retried.
   * https://open.dingtalk.com/document/development/obtain-the-event-list-of-failed-push-messages
   */
  takeFailedEvents(): Promise<{ events: DirectoryEvent[]; hasMore: boolean }>;
  /**
   * Lists who left the organisation since a time, a page at a time. Who left and came back is listed too.
   * https://open.dingtalk.com/document/development/query-the-details-of-employees-who-have-left-office
   */
  listLeavers(sinceMs: number, nextToken?: string): Promise<schemas.LeaveRecords>;
  /** Returns the app's own token for this organisation from a cache that renews it. */
  corpToken(): Promise<string>;
  /** The state of each host's circuit breaker. It makes no call. */
  circuits(): Record<Host, CircuitState>;
  /** Ends the connections. No call may follow. */
  close(): void;
};

/** Creates a client with its own corp token cache. It makes no call before one of its methods is called. */
export function createDingTalk(options: DingTalkOptions): DingTalk {
  const { employeeApi, timeoutMs = defaultTimeoutMs } = options;
  const { clock = Date.now, random = Math.random, wait = sleep } = options;
  const createCircuit = (host: Host) =>
    createCircuitBreaker({ clock, random, onChange: (state) => options.onCircuit?.({ host, state }) });
  const circuits = { api: createCircuit("api"), oapi: createCircuit("oapi") };
  const network = openNetwork(options);
  const queue = createCallQueue({ perSecond: options.callsPerSecond ?? null });
  const request = createSendCall(options, { circuits, queue, send: options.send ?? network.send });
  const retry = createRetry({ timeoutMs, clock, random, wait });
  const corpTokens = createCorpTokenCache({ load: () => retry(() => request(corpTokenCall(options))), clock, random });

  function send<Result>(call: ApiCall<Result>): Promise<Result> {
    return corpTokens.use((token) => request({ ...call, token }));
  }

  function read<Result>(call: ApiCall<Result>): Promise<Result> {
    return corpTokens.use((token) => retry(() => request({ ...call, token })));
  }

  return {
    exchangeAuthCode: (code) => request(userTokenCall(options, { grantType: "authorization_code", code })),
    refreshUserToken: (refreshToken) => request(userTokenCall(options, { grantType: "refresh_token", refreshToken })),
    getContact: (userToken, unionId) => retry(() => request(contactCall(userToken, unionId))),
    resolveSilentCode: (code) => send(silentCodeCall(code)),
    findByUnionId: (unionId) => read(membershipCall(unionId)),
    getEmployee: (userId, { language, priority = "other" } = {}) => {
      const call = employeeApi === "v2" ? employeeCall(userId, language) : legacyEmployeeCall(userId, language);
      return read({ ...call, priority });
    },
    getDepartment: (id, { language } = {}) => read(departmentCall(id, language)),
    listParentDepartments: (userId) => read(parentDepartmentsCall(userId)),
    getVisibleRange: () => read(visibleRangeCall()),
    listSubDepartments: (id) => read(subDepartmentsCall(id)),
    listMembers: (departmentId, cursor) => read(membersCall(departmentId, cursor)),
    countEmployees: () => read(employeeCountCall()),
    sendWorkNotification: (notification) => send(notificationCall(notification)),
    openConnection: () => request(connectionCall(options)),
    takeFailedEvents: async () => {
      const { entries, hasMore } = await send(failedEventsCall());
      return { events: entries.flatMap((entry) => readFailedEvent(entry) ?? []), hasMore };
    },
    listLeavers: (sinceMs, nextToken) => read(leaveRecordsCall(sinceMs, nextToken)),
    corpToken: corpTokens.current,
    circuits: () => ({ api: circuits.api.state(), oapi: circuits.oapi.state() }),
    close: network.close,
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A person waits for the answer. */
const signInCall = { priority: "sign_in" } as const;

type Grant = { grantType: "authorization_code"; code: string } | { grantType: "refresh_token"; refreshToken: string };

function userTokenCall({ clientId, clientSecret }: CorpTokenOptions, grant: Grant): ApiCall<schemas.UserToken> {
  const path = "/v1.0/oauth2/userAccessToken";
  const body = { clientId, clientSecret, ...grant };
  const schema = schemas.userTokenSchema;
  return { ...signInCall, name: "userAccessToken", host: "api", method: "POST", path, body, schema };
}

function contactCall(token: string, unionId?: UnionId): ApiCall<schemas.Contact> {
  const path = `/v1.0/contact/users/${encodeURIComponent(unionId ?? "me")}`;
  const schema = schemas.contactSchema;
  return { ...signInCall, name: "contact/users", host: "api", method: "GET", path, token, schema };
}

const topapi = { host: "oapi", method: "POST" } as const;

function silentCodeCall(code: string): ApiCall<schemas.SilentIdentity> {
  const path = "/topapi/v2/user/getuserinfo";
  const schema = schemas.silentIdentitySchema;
  return { ...topapi, ...signInCall, name: "v2/user/getuserinfo", path, body: { code }, schema };
}

function membershipCall(unionid: UnionId): ApiCall<schemas.Membership> {
  const path = "/topapi/user/getbyunionid";
  const schema = schemas.membershipSchema;
  return { ...topapi, ...signInCall, name: "user/getbyunionid", path, body: { unionid }, schema };
}

function employeeCall(userid: UserId, language: Language = "zh_CN"): ApiCall<Employee> {
  const schema = schemas.oapiResult(employeeV2Schema);
  return { ...topapi, name: "v2/user/get", path: "/topapi/v2/user/get", body: { userid, language }, schema };
}

function legacyEmployeeCall(userid: UserId, lang: Language = "zh_CN"): ApiCall<Employee> {
  const query = { userid, lang };
  return { name: "user/get", host: "oapi", method: "GET", path: "/user/get", query, schema: employeeLegacySchema };
}

function notificationCall({ agentId, userId, title, markdown, link }: WorkNotification): ApiCall<void> {
  const card = { title, markdown, single_title: link.title, single_url: link.url };
  const body = { agent_id: agentId, userid_list: userId, msg: { msgtype: "action_card", action_card: card } };
  const path = "/topapi/message/corpconversation/asyncsend_v2";
  const schema = schemas.notificationSchema;
  return { ...topapi, name: "corpconversation/asyncsend_v2", path, body, schema, onlyOnce: true };
}
