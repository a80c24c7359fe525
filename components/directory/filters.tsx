import { type ReactNode } from "react";
import { type EmployeeQuery } from "@/lib/employees/list";
import { type Words } from "@/lib/i18n/words";
import { Link } from "../ui/link";
import { directoryAddress } from "./address";

type Props = { query: EmployeeQuery; words: Words["directory"] };

/** Each chip is a link that turns one condition on or off. */
export function Filters({ query, words }: Props) {
  const chips: [string, Partial<EmployeeQuery>, Partial<EmployeeQuery>][] = [
    [words.active, { state: "active" }, { state: null }],
    [words.inactive, { state: "inactive" }, { state: null }],
    [words.admins, { role: "admin" }, { role: null }],
    [words.leaders, { role: "leader" }, { role: null }],
    [words.signedIn, { signedIn: "now" }, { signedIn: null }],
    [words.neverSignedIn, { signedIn: "never" }, { signedIn: null }],
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <ul aria-label={words.filters} className="flex flex-wrap gap-2">
        {chips.map(([name, on, off]) => {
          const isOn = Object.entries(on).every(([field, value]) =>
            Object.entries(query).some(([key, one]) => key === field && one === value),
          );
          return (
            <li key={name}>
              <Chip href={directoryAddress(query, isOn ? off : on)} isOn={isOn}>
                {name}
              </Chip>
            </li>
          );
        })}
      </ul>
      <ul aria-label={words.sort} className="flex gap-2">
        {(["recent", "name"] as const).map((sort) => (
          <li key={sort}>
            <Chip href={directoryAddress(query, { sort })} isOn={query.sort === sort}>
              {sort === "recent" ? words.byRecent : words.byName}
            </Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chip({ href, isOn, children }: { href: `/admin/employees?${string}`; isOn: boolean; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      aria-current={isOn ? "true" : undefined}
      className="inline-flex min-h-8 items-center rounded-full border border-edge bg-surface px-3 text-sm hover:bg-raised aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-[550] aria-[current]:text-accent pointer-coarse:min-h-11"
    >
      {children}
    </Link>
  );
}
