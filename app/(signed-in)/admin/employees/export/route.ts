import { readOwnForm } from "@/lib/auth/own-form";
import { requireAdmin } from "@/lib/auth/viewer";
import { exportEmployees } from "@/lib/employees/export";
import { respondWithFile } from "@/lib/http/download";
import { currentWords } from "@/lib/i18n/current";
import { readQuery } from "../query";

/** The directory as a file, with the conditions of the page from which it is asked for. */
export async function POST(request: Request): Promise<Response> {
  const fields = await readOwnForm(request);
  if (fields instanceof Response) return fields;
  const admin = await requireAdmin();
  const query = readQuery(fields);
  const body = await exportEmployees(admin, query, await currentWords());
  return respondWithFile({ subject: "employees", format: "csv", body });
}
