import { z } from "zod";
import { env } from "../env";
import { log } from "../log";
import { parseJson, readShortBody } from "./body";
import { readClientInfo } from "./client-info";
import { isCrossSite } from "./origin";

/** Short text without anything that could be a code: operators need to know what failed, not with which value. (S7) */
const shortText = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{N} .,:;()_/-]*$/u)
  .transform((text) => text.replace(/[\w-]{20,}/g, "…"));
const schema = z.object({
  phase: z.enum(["import", "bridge", "exchange", "frame"]),
  environment: shortText,
  error: shortText,
});

const maxReportBytes = 2048;

/** Logs a page's report of a failure, which an operator would not see otherwise; returns an HTTP status. */
export async function receiveClientReport(request: Request): Promise<204 | 400 | 403> {
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) return 403;
  const report = schema.safeParse(parseJson(await readShortBody(request, maxReportBytes)));
  if (!report.success) return 400;
  const { ip, userAgent } = readClientInfo(request.headers, env().TRUSTED_PROXY_COUNT);
  log().warn({ ...report.data, ip, userAgent }, "sign-in failed in the page");
  return 204;
}
