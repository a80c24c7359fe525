import { redirect } from "next/navigation";
import { currentSessionId } from "@/lib/auth/viewer";

/**
 * The app's home address in DingTalk's console: it may name an organisation, which the sign-in page wants to see. Without a
 * session it leads there directly, which saves a slow phone the way over the profile page.
 */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const { corpId } = await searchParams;
  if (typeof corpId === "string") redirect(`/login?${new URLSearchParams({ corpId })}`);
  redirect((await currentSessionId()) ? "/profile" : "/login");
}
