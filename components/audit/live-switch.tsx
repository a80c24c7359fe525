import { type TrailQuery } from "@/lib/trail/query";
import { fieldsOf } from "./address";

/** Turns the live list on or off; the address remembers it. Without scripts the list is not live, and there is nothing to switch. */
export function LiveSwitch({ query, label }: { query: TrailQuery; label: string }) {
  const { live } = query;
  return (
    <form action="/admin/audit" className="noscript:hidden">
      {fieldsOf({ ...query, live: !live }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        role="switch"
        aria-checked={live}
        className="flex items-center gap-2.5 rounded-sm text-sm pointer-coarse:min-h-11"
      >
        {label}
        <span
          aria-hidden="true"
          className={`flex h-5.5 w-9.5 rounded-full border p-0.5 ${live ? "justify-end border-transparent bg-accent" : "border-edge bg-surface"}`}
        >
          <span className={`aspect-square h-full rounded-full ${live ? "bg-accent-ink" : "bg-edge"}`} />
        </span>
      </button>
    </form>
  );
}
