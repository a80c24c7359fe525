import { env } from "../env";
import { type Fields, readFields } from "../http/body";
import { isCrossSite } from "../http/origin";

/** The fields of a form that a page of this app sent; a refusal for one of another site. (S13) */
export async function readOwnForm(request: Request): Promise<Fields | Response> {
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  return readFields(request);
}
