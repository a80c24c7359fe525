import { answerCancel, answerView } from "@/lib/tickets/requests";

type Context = { params: Promise<{ id: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerView((await params).id);
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  return answerCancel(request, (await params).id);
}
