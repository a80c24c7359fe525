/** Next alone: what a request costs that does nothing. */
export function GET(): Response {
  return Response.json({});
}
