import { receiveClientReport } from "@/lib/http/client-report";

/** Takes note of what failed inside a page before any request could reach us. */
export async function POST(request: Request): Promise<Response> {
  return new Response(null, { status: await receiveClientReport(request) });
}
