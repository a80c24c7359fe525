import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { jsonResponse, nodeBindings, type SandboxContext } from "../http";
import { apiRefusal, oapiRefusal, wrappedRefusal } from "../refusal";
import { type Replacement } from "./plan";

/** The response instead of the real one. The call does not happen: a code sent with it stays valid. */
export function replaceResponse(c: SandboxContext, fault: Replacement): Response | Promise<Response> {
  switch (fault.kind) {
    case "status":
      return statusResponse(fault);
    case "errcode":
      return oapiRefusal(fault.errcode, fault.errmsg ?? "系统繁忙").toResponse();
    case "subcode":
      return wrappedRefusal(fault.subcode, fault.submsg ?? "系统繁忙").toResponse();
    case "hang":
      return waitForDisconnect(c);
    case "reset":
      nodeBindings(c).incoming?.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case "html":
      return htmlResponse(200, blockPage);
    case "badGateway":
      return htmlResponse(502, badGatewayPage);
    case "empty":
      return emptyResponse(fault.status);
    case "blocked":
      return jsonResponse({ status: 1111, wait: 5, source: "x5", punish: "deny", uuid: "sandbox" });
    case "huge":
      return jsonResponse({ errcode: 0, errmsg: "ok", result: { padding: "x".repeat(fault.bytes) } });
    case "redirect":
      return new Response(null, { status: 302, headers: { location: fault.location } });
  }
}

function htmlResponse(status: number, page: string): Response {
  return new Response(page, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** Announced as empty: without a length it would be a chunked body without chunks. */
function emptyResponse(status: number): Response {
  const headers = { "content-type": "application/json;charset=utf-8", "content-length": "0" };
  return new Response(null, { status, headers });
}

function statusResponse(fault: Extract<Replacement, { kind: "status" }>): Response {
  if (fault.body !== undefined) return jsonResponse(fault.body, { status: fault.status });
  const { code = "unknownError", message = "未知错误", requiredScopes: scopes } = fault;
  return apiRefusal(fault.status, scopes ? { code, message, scopes } : { code, message }).toResponse();
}

function waitForDisconnect(c: SandboxContext): Promise<Response> {
  return new Promise((resolve) => {
    nodeBindings(c).outgoing?.once("close", () => resolve(RESPONSE_ALREADY_SENT));
  });
}

/** What the web server in front of DingTalk's hosts (Tengine) sends when the host behind it is down. */
const badGatewayPage = `<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>tengine</center></body></html>`;

/** DingTalk's per-IP throttling responds with a page instead of an API envelope. */
const blockPage = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>访问被拦截</title></head>
<body><h1>405</h1><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></body></html>`;
