import { type Metadata } from "next";
import { Trail } from "@/components/audit/trail";
import { requireAdmin } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { readIntegrity } from "@/lib/trail/integrity";
import { listTrail } from "@/lib/trail/list";
import { mayGrow, readTrailQuery } from "@/lib/trail/query";
import { NewSignIn } from "../../new-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).audit.title };
}

export default async function AuditPage({ searchParams }: PageProps<"/admin/audit">) {
  const admin = await requireAdmin();
  const given = await searchParams;
  const query = readTrailQuery(given);
  const [page, integrity, words] = await Promise.all([
    listTrail(admin, query),
    readIntegrity(admin, { verifies: given.verify === "1" }),
    currentWords(),
  ]);
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Trail page={page} query={query} mayGrow={mayGrow(query)} integrity={integrity} words={words} />
    </>
  );
}
