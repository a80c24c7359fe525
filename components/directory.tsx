import { Search } from "lucide-react";
import Link from "next/link";
import { type EmployeePage } from "@/lib/employees/list";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { EmployeeTable } from "./employee-table";
import { Empty } from "./notice";
import { Button, buttonLook, linkLook } from "./ui/button";

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
          <p className="text-sm text-muted">{fill(directory.total, { count: page.total })}</p>
        </div>
        <p className="-mt-3 text-muted">{directory.lead}</p>
        <EmployeeSearch search={search} words={directory} />
      </header>
      {isEmpty ? (
        <NoEmployees search={search} words={directory} />
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

/** Finds people by name or userId; a plain form, so that the address says what was asked. */
function EmployeeSearch({ search, words }: { search: string; words: Words["people"]["directory"] }) {
  return (
    <search>
      <form action="/admin/employees" className="flex flex-wrap items-center gap-3">
        <span className="relative min-w-0 flex-1 sm:max-w-90">
          <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
          <input
            type="search"
            name="search"
            defaultValue={search}
            maxLength={64}
            autoComplete="off"
            aria-label={words.searchLabel}
            placeholder={words.searchLabel}
            className="h-10 w-full rounded-md border border-edge bg-surface pr-3 pl-9 placeholder:text-muted pointer-coarse:h-11"
          />
        </span>
        <Button type="submit">{words.search}</Button>
        {search && (
          <a href="/admin/employees" className={`${linkLook} text-sm`}>
            {words.clear}
          </a>
        )}
      </form>
    </search>
  );
}

function NoEmployees({ search, words }: { search: string; words: Words["people"]["directory"] }) {
  if (!search) return <Empty level="h2" {...words.none} />;
  return <Empty level="h2" title={fill(words.noMatch.title, { search })} what={words.noMatch.what} />;
}

function pageAddress({ search, after }: { search: string; after?: string }): `/admin/employees?${string}` {
  return `/admin/employees?${new URLSearchParams({ ...(search && { search }), ...(after && { after }) })}`;
}
