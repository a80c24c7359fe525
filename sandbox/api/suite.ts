import { z } from "zod";
import { rootDepartmentId } from "../company/departments";
import { type SandboxContext } from "../http";
import { issueCorpToken, newSecret } from "../identity/credentials";
import { apiRefusal } from "../refusal";
import { type Store } from "../store";
import { readFields, requireCorpToken, requiredText } from "./guards";

type Body = Record<string, unknown>;

const suiteSchema = z.object({ suiteKey: requiredText, suiteSecret: requiredText, suiteTicket: requiredText });
const suiteCorpSchema = suiteSchema.extend({ authCorpId: requiredText });
const ssoSchema = z.object({ corpid: requiredText, ssoSecret: requiredText });

/**
 * POST /v1.0/oauth2/corpAccessToken, for the app as a customised one (定制应用), whose suiteTicket may be any text. Unlike the
 * other endpoints it returns a new token each time.
 */
export function suiteCorpToken(store: Store, body: Body) {
  const suite = readFields(body, suiteCorpSchema);
  requireSuite(store, suite);
  if (suite.authCorpId !== store.options.corpId) {
    throw apiRefusal(400, { code: "invalidAuthInfo", message: "授权关系不存在" });
  }
  return { accessToken: issueCorpToken(store, { isNew: true }).value, expireIn: store.settings.tokenLifeSeconds };
}

/** POST /v1.0/oauth2/suiteAccessToken. The sandbox has one app, so its token is the corp token. */
export function suiteToken(store: Store, body: Body) {
  requireSuite(store, readFields(body, suiteSchema));
  return { accessToken: issueCorpToken(store).value, expireIn: store.settings.tokenLifeSeconds };
}

/** POST /v1.0/oauth2/ssoAccessToken: a token for signing in to an admin console, which no other call accepts. */
export function ssoToken(store: Store, body: Body) {
  const { corpid, ssoSecret } = readFields(body, ssoSchema);
  if (corpid !== store.options.corpId || ssoSecret !== store.options.ssoSecret) {
    throw apiRefusal(400, { code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret" });
  }
  return { accessToken: newSecret(), expireIn: store.settings.tokenLifeSeconds };
}

/** GET /v1.0/oauth2/apps/authInfo?authCorpId=: what a company authorised. */
export function authInfo(store: Store, c: SandboxContext) {
  requireCorpToken(store, c);
  const corpId = c.req.query("authCorpId");
  if (!corpId) throw apiRefusal(400, { code: "invalidCorpId", message: "参数错误" });
  if (corpId !== store.options.corpId) throw apiRefusal(400, { code: "orgNotAuthApp", message: "企业未授权开通应用" });
  const adminList = store.people.all().flatMap((person) => (person.admin ? [person.userid] : []));
  const corpName = store.departments.find(rootDepartmentId)?.name ?? "";
  return {
    authAppInfo: { agentList: [{ agentId: store.options.agentId, agentName: "沙箱应用", appId: 1, adminList }] },
    authCorpInfo: { inviteCode: "", industry: "", corpName, licenseCode: "", authChannel: "", authLevel: 0 },
    authUserInfo: { userId: adminList[0] ?? "" },
  };
}

function requireSuite(store: Store, suite: z.output<typeof suiteSchema>): void {
  if (suite.suiteKey !== store.options.clientId) {
    throw apiRefusal(400, { code: "invalidSuiteKey", message: "suitekey不合法" });
  }
  if (suite.suiteSecret === store.options.clientSecret) return;
  throw apiRefusal(400, { code: "invalidClientIdOrSecret", message: "clientId或者clientSecret错误" });
}
