import { env } from "../env";
import { readFields } from "../http/body";
import { currentClient } from "../http/client-info";
import { isCrossSite } from "../http/origin";
import { readCallbackUrl } from "../http/return-to";
import { refuseExcess } from "./limit";
import { createOAuthState } from "./oauth-state";
import { authorizationUrl } from "./provider";
import { refusalAddress, refuse } from "./refuse";

const noStore = { "cache-control": "no-store" };

/**
 * Begins a sign-in at DingTalk: a script gets the address of the frame as JSON, a form is redirected there. Also answers
 * next-auth's own sign-in form, whose return path is called `callbackUrl`.
 */
export async function startSignIn(request: Request): Promise<Response> {
  const fields = await readFields(request);
  const method = fields.method === "frame" ? "frame" : "redirect";
  const returnTo = readCallbackUrl(fields.returnTo ?? fields.callbackUrl);
  const wantsJson = method === "frame" || fields.json === "true";
  const excess = await refuseExcess(request, returnTo);
  if (excess) return excess;
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) {
    const refused = await refuse({ refusal: "bad_request", method, client: await currentClient() });
    if (!wantsJson) return redirectTo(refusalAddress(refused, returnTo));
    return Response.json({ error: refused.refusal, reference: refused.reference }, { status: 400, headers: noStore });
  }
  const url = authorizationUrl({ method, state: await createOAuthState({ method, returnTo }) });
  return wantsJson ? Response.json({ url }, { headers: noStore }) : redirectTo(url);
}

/** 303: the browser follows a form with a GET. */
function redirectTo(location: string): Response {
  return new Response(null, { status: 303, headers: { ...noStore, location } });
}
