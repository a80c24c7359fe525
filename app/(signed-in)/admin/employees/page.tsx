import { type Metadata } from "next";
import { Directory } from "@/components/directory";
import { requireAdmin } from "@/lib/auth/viewer";
import { viewSync } from "@/lib/directory/admin";
import { listEmployees } from "@/lib/employees/list";
import { pathTo, readTree } from "@/lib/employees/tree";
import { currentWords } from "@/lib/i18n/current";
import { type Words } from "@/lib/i18n/words";
import { type Admin } from "@/lib/sessions/permission";
import { NewSignIn } from "../../new-sign-in";
import { approve, cancel, start } from "./actions";
import { readQuery } from "./query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).people.directory.title };
}

export default async function EmployeesPage({ searchParams }: PageProps<"/admin/employees">) {
  const admin = await requireAdmin();
  const words = await currentWords();
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Employees admin={admin} given={await searchParams} words={words} />
    </>
  );
}

type Props = { admin: Admin; given: Record<string, string | string[] | undefined>; words: Words };

/** A component of its own, so that what it reads does not wait for the notice above it, nor the notice for it. */
async function Employees({ admin, given, words }: Props) {
  const query = readQuery(given);
  const [page, tree, sync] = await Promise.all([listEmployees(admin, query), readTree(admin), viewSync(admin)]);
  return (
    <Directory
      page={page}
      query={query}
      tree={tree}
      path={pathTo(tree, query.department)}
      sync={sync}
      asksAgain={given.again === "1"}
      words={words}
      actions={{ onStart: start, onCancel: cancel, onApprove: approve }}
    />
  );
}
