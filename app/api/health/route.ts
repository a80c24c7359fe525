/** Whether this process runs. /api/ready says whether it can serve. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
