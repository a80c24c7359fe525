import { Hono } from "hono";
import { type Person } from "../company/people";
import { jsonResponse, type SandboxApp, type SandboxContext } from "../http";
import { consumeCode, mintCode } from "../identity/credentials";
import { problemPage } from "../login/pages";
import { type Store } from "../store";
import { snsLoginPage, tmpCodePage } from "./pages";
import { isSnsProblem, readGoto, readSnsRequest, snsReturnUrl } from "./request";
import { snsUserInfo } from "./user-info";

/** The older login (sns): the full page and the authorize address of oapi, and the frame of the older script. */
export function createSns(store: Store): SandboxApp {
  const sns: SandboxApp = new Hono();
  sns.get("/connect/qrconnect", (c) => openSnsLogin(store, c));
  sns.get("/connect/oauth2/sns_authorize", (c) => openSnsLogin(store, c));
  sns.post("/connect/sign_in_as", (c) => finishSnsLogin(store, c));
  sns.get("/login/qrcode.htm", (c) => {
    const request = readGoto(store, c.req.query("goto"));
    if (isSnsProblem(request)) return problemPage(c, request);
    return snsLoginPage(c, store, { action: `/login/tmp_code?${queryOf(c)}`, kind: "frame" });
  });
  sns.post("/login/tmp_code", (c) => postTmpCode(store, c));
  sns.post("/sns/getuserinfo_bycode", async (c) => jsonResponse(await snsUserInfo(store, c)));
  return sns;
}

/** With a loginTmpCode the person is known already; without one the page asks who signs in. */
function openSnsLogin(store: Store, c: SandboxContext) {
  const request = readSnsRequest(store, c.req.query());
  if (isSnsProblem(request)) return problemPage(c, request);
  const tmpCode = c.req.query("loginTmpCode");
  if (!tmpCode) return snsLoginPage(c, store, { action: `/connect/sign_in_as?${queryOf(c)}`, kind: "panel" });
  const known = consumeCode(store, tmpCode, { kind: "loginTmp", clientId: request.appid });
  const person = store.people.find(known?.userid ?? "");
  if (!person) return problemPage(c, { code: "40078", name: "badParameter", detail: "loginTmpCode" });
  return c.redirect(snsReturnUrl(request, mintCode(store, person, { kind: "sns" })));
}

async function finishSnsLogin(store: Store, c: SandboxContext) {
  const request = readSnsRequest(store, c.req.query());
  if (isSnsProblem(request)) return problemPage(c, request);
  const person = await chosenPerson(store, c);
  return person ? c.redirect(snsReturnUrl(request, mintCode(store, person, { kind: "sns" }))) : c.notFound();
}

async function postTmpCode(store: Store, c: SandboxContext) {
  const request = readGoto(store, c.req.query("goto"));
  if (isSnsProblem(request)) return problemPage(c, request);
  const person = await chosenPerson(store, c);
  return person ? tmpCodePage(c, request, mintCode(store, person, { kind: "loginTmp" })) : c.notFound();
}

async function chosenPerson(store: Store, c: SandboxContext): Promise<Person | null> {
  const { person: userid } = await c.req.parseBody();
  return store.people.find(String(userid));
}

function queryOf(c: SandboxContext): string {
  return new URLSearchParams(c.req.query()).toString();
}
