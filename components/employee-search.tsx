import { Search } from "lucide-react";
import { type Words } from "@/lib/i18n/words";
import { Button } from "./ui/button";
import { linkLook } from "./ui/link-look";

/** Finds people by name or userId; a plain form, so that the address says what was asked. */
export function EmployeeSearch({ search, words }: { search: string; words: Words["people"]["directory"] }) {
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
