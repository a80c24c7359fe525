import { Search } from "lucide-react";
import { type ComponentProps } from "react";

type Props = Omit<ComponentProps<"input">, "type" | "className"> & { label: string };

/** The field of a search, which says in itself what it finds. */
export function SearchInput({ label, ...rest }: Props) {
  return (
    <span className="relative min-w-0 grow">
      <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
      <input
        type="search"
        name="search"
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        className="h-11 w-full rounded-md border border-edge bg-surface pr-3 pl-9 placeholder:text-muted"
        {...rest}
      />
    </span>
  );
}
