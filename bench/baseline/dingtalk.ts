/** The plain chain of calls, made again at every sign-in. */
export type Employee = { userid: string; name: string; email: string; avatar: string };

export const clientId = process.env.DINGTALK_CLIENT_ID ?? "";
export const clientSecret = process.env.DINGTALK_CLIENT_SECRET ?? "";
const corpId = process.env.DINGTALK_CORP_ID;

export async function exchangeAuthCode(code: string): Promise<string> {
  const body = { clientId, clientSecret, code, grantType: "authorization_code" };
  const { accessToken } = await post(`${process.env.DINGTALK_API_URL}/v1.0/oauth2/userAccessToken`, body);
  return accessToken;
}

/** Finds the employee who logged in at DingTalk. */
export async function employeeOfUser(userToken: string): Promise<Employee> {
  const headers = { "x-acs-dingtalk-access-token": userToken };
  const { unionId } = await read(await fetch(`${process.env.DINGTALK_API_URL}/v1.0/contact/users/me`, { headers }));
  const token = await fetchCorpToken();
  const { userid } = await topapi("user/getbyunionid", token, { unionid: unionId });
  return topapi("v2/user/get", token, { userid });
}

export async function employeeOfSilentCode(code: string): Promise<Employee> {
  const token = await fetchCorpToken();
  const { userid } = await topapi("v2/user/getuserinfo", token, { code });
  return topapi("v2/user/get", token, { userid });
}

async function fetchCorpToken(): Promise<string> {
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  const { access_token } = await post(`${process.env.DINGTALK_API_URL}/v1.0/oauth2/${corpId}/token`, body);
  return access_token;
}

async function topapi(path: string, token: string, body: object) {
  const { errcode, errmsg, result } = await post(
    `${process.env.DINGTALK_OAPI_URL}/topapi/${path}?access_token=${token}`,
    body,
  );
  if (errcode !== 0) throw new Error(errmsg);
  return result;
}

async function post(url: string, body: object) {
  const headers = { "content-type": "application/json" };
  return read(await fetch(url, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function read(response: Response) {
  if (!response.ok) throw new Error(`DingTalk answered ${response.status}`);
  return response.json();
}
