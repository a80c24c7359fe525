import { refuseExcess } from "@/lib/auth/limit";
import { answerLanguageForm } from "@/lib/i18n/choose";

export async function POST(request: Request): Promise<Response> {
  return (await refuseExcess(request)) ?? answerLanguageForm(request);
}
