import Link from "next/link";
import { type EmployeePage } from "@/lib/employees/list";
import { type Words } from "@/lib/i18n/words";
import { EmployeeSearch } from "./employee-search";
import { EmployeeTable } from "./employee-table";
import { Empty } from "./empty";
import { buttonLook } from "./ui/button";

type Props = { page: EmployeePage; search: string; isFirst: boolean; words: Words };

/** The employees this app knows, a page at a time. */
export function Directory({ page, search, isFirst, words }: Props) {
  const { directory } = words.people;
  const isEmpty = page.employees.length === 0;
  return (
    <>
      <header className="grid gap-4">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h1>{directory.title}</h1>
          <p className="text-sm text-muted">{directory.total(page.total)}</p>
        </div>
        <p className="-mt-3 text-muted">{directory.lead}</p>
        <EmployeeSearch search={search} words={directory} />
      </header>
      {isEmpty ? (
        <Nobody search={search} words={directory} />
      ) : (
        <EmployeeTable employees={page.employees} words={words} />
      )}
      <nav aria-label={directory.title} className="flex flex-wrap gap-3 empty:hidden">
        {!isFirst && (
          <Link href={pageAddress({ search })} className={buttonLook()}>
            {directory.first}
          </Link>
        )}
        {page.next && (
          <Link href={pageAddress({ search, after: page.next })} className={buttonLook()}>
            {directory.next}
          </Link>
        )}
      </nav>
    </>
  );
}

function Nobody({ search, words }: { search: string; words: Words["people"]["directory"] }) {
  if (!search) return <Empty level="h2" {...words.none} />;
  return <Empty level="h2" title={words.noMatch.title(search)} what={words.noMatch.what} />;
}

function pageAddress({ search, after }: { search: string; after?: string }): `/admin/employees?${string}` {
  return `/admin/employees?${new URLSearchParams({ ...(search && { search }), ...(after && { after }) })}`;
}
