import { answerEvents } from "@/lib/tickets/requests";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerEvents((await params).id, request.signal);
}
