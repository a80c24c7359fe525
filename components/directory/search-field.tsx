"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";

type Props = { search: string; hidden: [string, string][]; label: string };

/** After the last key, since each search is an event of the audit trail. */
const pauseMs = 300;

/** Finds while one types. Without scripts it is a form like any other. */
export function SearchField({ search, hidden, label }: Props) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function findSoon(value: string): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const given = value.trim() ? [["search", value.trim()]] : [];
      router.replace(`/admin/employees?${new URLSearchParams([...hidden, ...given])}`, { scroll: false });
    }, pauseMs);
  }

  return (
    <span className="relative min-w-0 grow">
      <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
      <input
        type="search"
        name="search"
        defaultValue={search}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        onChange={({ nativeEvent, target }) => {
          // While an input method composes, the field holds letters that are not the word.
          if (!("isComposing" in nativeEvent && nativeEvent.isComposing)) findSoon(target.value);
        }}
        onCompositionEnd={({ currentTarget }) => findSoon(currentTarget.value)}
        className="h-11 w-full rounded-md border border-edge bg-surface pr-3 pl-9 placeholder:text-muted"
      />
    </span>
  );
}
