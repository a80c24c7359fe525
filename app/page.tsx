import { redirect } from "next/navigation";

/** The app's home address in DingTalk's console: it may name an organisation, which the sign-in page wants to see. */
export default async function HomePage({ searchParams }: PageProps<"/">) {
  const { corpId } = await searchParams;
  if (typeof corpId === "string") redirect(`/login?${new URLSearchParams({ corpId })}`);
  redirect("/profile");
}
