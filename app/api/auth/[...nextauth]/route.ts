import { type NextRequest } from "next/server";
import NextAuth from "next-auth";
import { completeAuth, prepareAuth } from "@/lib/auth/request";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Runs next-auth between our own checks of the request and our changes to its response. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const prepared = await prepareAuth(request, context);
  if (prepared instanceof Response) return prepared;
  const response: Response = await NextAuth(prepared.request, context, prepared.options);
  return completeAuth(response, prepared);
}

export { handle as GET, handle as POST };
