import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { authOptions } from "../../auth";

export default async function ProfilePage() {
  const session = await getServerSession(authOptions);
  if (!session) redirect("/login");
  return (
    <main>
      <h1>{session.user?.name}</h1>
      <p>{session.user?.email}</p>
    </main>
  );
}
