import { type Metadata } from "next";
import { z } from "zod";
import { Directory } from "@/components/directory";
import { requireAdmin } from "@/lib/auth/viewer";
import { listEmployees } from "@/lib/employees/list";
import { currentWords } from "@/lib/i18n/current";
import { NewSignIn } from "../../new-sign-in";

const text = z.string().trim().max(200);
const query = z.object({ search: text.catch(""), after: text.nullable().catch(null) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.directory.title };
}

export default async function EmployeesPage({ searchParams }: PageProps<"/admin/employees">) {
  const admin = await requireAdmin();
  const { search, after } = query.parse(await searchParams);
  const [page, words] = await Promise.all([listEmployees(admin, { search, after }), currentWords()]);
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Directory page={page} search={search} isFirst={after === null} words={words} />
    </>
  );
}
