import { answerCreate } from "@/lib/tickets/requests";

export function POST(request: Request): Promise<Response> {
  return answerCreate(request);
}
