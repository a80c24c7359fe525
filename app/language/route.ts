import { answerLanguageForm } from "@/lib/i18n/choose";

export function POST(request: Request): Promise<Response> {
  return answerLanguageForm(request);
}
