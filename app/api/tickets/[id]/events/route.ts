import { type NextRequest } from "next/server";
import { answerEvents } from "@/lib/tickets/requests";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return answerEvents(request, (await params).id);
}
