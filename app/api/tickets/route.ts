import { type NextRequest } from "next/server";
import { answerOpen } from "@/lib/tickets/requests";

export function POST(request: NextRequest): Promise<Response> {
  return answerOpen(request);
}
