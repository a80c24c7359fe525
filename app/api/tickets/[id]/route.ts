import { type NextRequest } from "next/server";
import { answerCancel, answerView } from "@/lib/tickets/requests";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  return answerView(request, (await params).id);
}

export async function DELETE(request: NextRequest, { params }: Context): Promise<Response> {
  return answerCancel(request, (await params).id);
}
