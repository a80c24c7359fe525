/** The process answers. Whether it can serve is /api/ready's question. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
