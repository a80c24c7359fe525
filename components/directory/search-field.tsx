"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { SearchInput } from "../ui/search-input";

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
    <SearchInput
      label={label}
      defaultValue={search}
      onChange={({ nativeEvent, target }) => {
        // While an input method composes, the field holds letters that are not the word.
        if (!("isComposing" in nativeEvent && nativeEvent.isComposing)) findSoon(target.value);
      }}
      onCompositionEnd={({ currentTarget }) => findSoon(currentTarget.value)}
    />
  );
}
