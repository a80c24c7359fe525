import { readOwnForm } from "@/lib/auth/own-form";
import { requireAdmin } from "@/lib/auth/viewer";
import { respondWithFile } from "@/lib/http/download";
import { exportTrail } from "@/lib/trail/export";
import { readTrailQuery } from "@/lib/trail/query";

/** The audit trail as a file, with the conditions of the page from which it is asked for. */
export async function POST(request: Request): Promise<Response> {
  const fields = await readOwnForm(request);
  if (fields instanceof Response) return fields;
  const admin = await requireAdmin();
  const format = fields.format === "jsonl" ? "jsonl" : "csv";
  const body = await exportTrail(admin, readTrailQuery(fields), format);
  return respondWithFile({ subject: "audit", format, body });
}
