import { type CorpTokenOptions, createCorpTokens, loadCorpToken } from "./corp-token";
import { type Employee } from "./employee";
import { employeeLegacySchema } from "./employee-legacy";
import { employeeV2Schema } from "./employee-v2";
import { type UnionId, type UserId } from "./identity";
import { createRepeat } from "./repeat";
import { type Call, createRequest, defaultTimeoutMs, type RequestOptions } from "./request";
import * as schemas from "./schemas";

export type DingTalkOptions = RequestOptions &
  CorpTokenOptions & {
    /** The retired API stays for organisations whose app was granted nothing newer. */
    employeeApi: "v2" | "legacy";
    random?: () => number;
    wait?: (ms: number) => Promise<void>;
  };

type Language = "zh_CN" | "en_US";

export type WorkNotification = {
  agentId: number;
  userId: UserId;
  title: string;
  markdown: string;
  link: { title: string; url: string };
};

/** DingTalk as one app of one organisation sees it. Every method throws DingTalkError and nothing else. */
export type DingTalk = {
  /** Spends an auth code. Never repeated: after a lost answer the code may be gone, so the sign-in starts again. */
  exchangeAuthCode(code: string): Promise<schemas.UserToken>;
  /** Spends a refresh token, which is dead afterwards; never repeated. */
  refreshUserToken(refreshToken: string): Promise<schemas.UserToken>;
  /** The account behind a user token, or another one by union id. Its email and mobile are personal, not the company's. */
  getContact(userToken: string, unionId?: UnionId): Promise<schemas.Contact>;
  /** Spends a silent code; sent again only after an answer that the corp token was refused, which spends nothing. */
  resolveSilentCode(code: string): Promise<schemas.SilentIdentity>;
  /** Who somebody is in this organisation; refused with `not_member` when nobody. */
  findByUnionId(unionId: UnionId): Promise<schemas.FoundPerson>;
  getEmployee(userId: UserId, options?: { language?: Language }): Promise<Employee>;
  getDepartment(id: number, options?: { language?: Language }): Promise<schemas.Department>;
  /** For each department of a person the way up to the root: [[101, 10, 1], …]. */
  listParentDepartments(userId: UserId): Promise<number[][]>;
  /** Sends a work notification from the app to one person; whether it was read is not known. */
  sendWorkNotification(notification: WorkNotification): Promise<void>;
  /** The app's own token for this organisation, kept and renewed. */
  corpToken(): Promise<string>;
};

/** Makes a client that keeps its own corp token; nothing is called before the first method is. */
export function createDingTalk(options: DingTalkOptions): DingTalk {
  const { clientId, clientSecret, employeeApi, timeoutMs = defaultTimeoutMs } = options;
  const { clock = Date.now, random = Math.random, wait = sleep } = options;
  const request = createRequest(options);
  const repeat = createRepeat({ timeoutMs, clock, random, wait });
  const corpTokens = createCorpTokens({ load: () => loadCorpToken(options, request, repeat), clock, random });

  function read<Answer>(call: Call<Answer>): Promise<Answer> {
    return corpTokens.use((token) => repeat(() => request({ ...call, token })));
  }

  return {
    exchangeAuthCode: (code) =>
      request(userTokenCall({ clientId, clientSecret, grantType: "authorization_code", code })),
    refreshUserToken: (refreshToken) =>
      request(userTokenCall({ clientId, clientSecret, grantType: "refresh_token", refreshToken })),
    getContact: (userToken, unionId) => repeat(() => request(contactCall(userToken, unionId))),
    resolveSilentCode: (code) => corpTokens.use((token) => request({ ...silentCodeCall(code), token })),
    findByUnionId: (unionId) => read(unionIdCall(unionId)),
    getEmployee: (userId, { language } = {}) =>
      read(employeeApi === "v2" ? employeeCall(userId, language) : legacyEmployeeCall(userId, language)),
    getDepartment: (id, { language } = {}) => read(departmentCall(id, language)),
    listParentDepartments: (userId) => read(parentDepartmentsCall(userId)),
    sendWorkNotification: (notification) =>
      corpTokens.use((token) => request({ ...notificationCall(notification), token })),
    corpToken: corpTokens.current,
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function userTokenCall(body: Record<string, string>): Call<schemas.UserToken> {
  const path = "/v1.0/oauth2/userAccessToken";
  return { name: "userAccessToken", host: "api", method: "POST", path, body, answer: schemas.userTokenSchema };
}

function contactCall(token: string, unionId?: UnionId): Call<schemas.Contact> {
  const path = `/v1.0/contact/users/${encodeURIComponent(unionId ?? "me")}`;
  return { name: "contact/users", host: "api", method: "GET", path, token, answer: schemas.contactSchema };
}

const topapi = { host: "oapi", method: "POST" } as const;

function silentCodeCall(code: string): Call<schemas.SilentIdentity> {
  const path = "/topapi/v2/user/getuserinfo";
  return { ...topapi, name: "v2/user/getuserinfo", path, body: { code }, answer: schemas.silentIdentitySchema };
}

function unionIdCall(unionid: UnionId): Call<schemas.FoundPerson> {
  const path = "/topapi/user/getbyunionid";
  return { ...topapi, name: "user/getbyunionid", path, body: { unionid }, answer: schemas.foundPersonSchema };
}

function employeeCall(userid: UserId, language: Language = "zh_CN"): Call<Employee> {
  const answer = schemas.oapiAnswer(employeeV2Schema);
  return { ...topapi, name: "v2/user/get", path: "/topapi/v2/user/get", body: { userid, language }, answer };
}

function legacyEmployeeCall(userid: UserId, lang: Language = "zh_CN"): Call<Employee> {
  const query = { userid, lang };
  return { name: "user/get", host: "oapi", method: "GET", path: "/user/get", query, answer: employeeLegacySchema };
}

function departmentCall(id: number, language: Language = "zh_CN"): Call<schemas.Department> {
  const path = "/topapi/v2/department/get";
  const body = { dept_id: id, language };
  return { ...topapi, name: "v2/department/get", path, body, answer: schemas.departmentSchema };
}

/** https://open.dingtalk.com/document/development/asynchronous-sending-of-enterprise-session-messages */
function notificationCall({ agentId, userId, title, markdown, link }: WorkNotification): Call<void> {
  const card = { title, markdown, single_title: link.title, single_url: link.url };
  const body = { agent_id: agentId, userid_list: userId, msg: { msgtype: "action_card", action_card: card } };
  const path = "/topapi/message/corpconversation/asyncsend_v2";
  return { ...topapi, name: "corpconversation/asyncsend_v2", path, body, answer: schemas.sentSchema };
}

function parentDepartmentsCall(userid: UserId): Call<number[][]> {
  const path = "/topapi/v2/department/listparentbyuser";
  const answer = schemas.parentDepartmentsSchema;
  return { ...topapi, name: "v2/department/listparentbyuser", path, body: { userid }, answer };
}
