import { refuseExcessReport } from "@/lib/auth/limit";
import { receiveClientReport } from "@/lib/http/client-report";

/** Logs a failure inside a page that no other request reports. */
export async function POST(request: Request): Promise<Response> {
  return (await refuseExcessReport()) ?? new Response(null, { status: await receiveClientReport(request) });
}
