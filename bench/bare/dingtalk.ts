import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

const { DINGTALK_API_URL, DINGTALK_OAPI_URL, DINGTALK_CORP_ID } = process.env;
const clientId = process.env.DINGTALK_CLIENT_ID ?? "";
const clientSecret = process.env.DINGTALK_CLIENT_SECRET ?? "";

const agent = new Agent({ keepAlive: true });

type Call = { url: string; headers?: Record<string, string>; body?: object };

let corpToken: Promise<string> | null = null;
/** An app that knows an account has stored its userid. */
const userids = new Map<string, string>();

/** The calls of a first QR sign-in, or of one whose account is known to belong to an employee. */
export async function signInByQr(code: string, { isKnown }: { isKnown: boolean }): Promise<void> {
  const body = { clientId, clientSecret, code, grantType: "authorization_code" };
  const { accessToken } = await send({ url: `${DINGTALK_API_URL}/v1.0/oauth2/userAccessToken`, body });
  const headers = { "x-acs-dingtalk-access-token": accessToken };
  const { unionId } = await send({ url: `${DINGTALK_API_URL}/v1.0/contact/users/me`, headers });
  const userid = isKnown ? userids.get(unionId) : (await sendTopapi("user/getbyunionid", { unionid: unionId })).userid;
  await sendTopapi("v2/user/get", { userid });
  userids.set(unionId, userid);
}

/** The calls of a first silent sign-in, or of one whose employee's record is refreshed later. */
export async function signInSilently(code: string, { isKnown }: { isKnown: boolean }): Promise<void> {
  const { userid } = await sendTopapi("v2/user/getuserinfo", { code });
  if (!isKnown) await sendTopapi("v2/user/get", { userid });
}

async function sendTopapi(path: string, body: object) {
  corpToken ??= fetchCorpToken();
  const url = `${DINGTALK_OAPI_URL}/topapi/${path}?access_token=${await corpToken}`;
  const { errcode, errmsg, result } = await send({ url, body });
  if (errcode !== 0) throw new Error(errmsg);
  return result;
}

async function fetchCorpToken(): Promise<string> {
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  return (await send({ url: `${DINGTALK_API_URL}/v1.0/oauth2/${DINGTALK_CORP_ID}/token`, body })).access_token;
}

async function send({ url, headers = {}, body }: Call) {
  const sent = body ? { ...headers, "content-type": "application/json" } : headers;
  const answer = await new Promise<string>((resolve, reject) => {
    const outgoing = request(url, { agent, headers: sent, method: body ? "POST" : "GET" }, (incoming) => {
      if (incoming.statusCode !== 200) reject(new Error(`DingTalk answered ${incoming.statusCode}`));
      text(incoming).then(resolve, reject);
    });
    outgoing.once("error", reject).end(body && JSON.stringify(body));
  });
  return JSON.parse(answer);
}
