import { type ComponentProps, type ReactNode } from "react";
import { type Words } from "@/lib/i18n/words";
import { type TrailQuery } from "@/lib/trail/query";
import { Button, linkLook } from "../ui/button";
import { cardLook } from "../ui/card";
import { auditAddress, fieldsOf } from "./address";

const field =
  "h-10 w-full min-w-0 rounded-md border border-edge bg-surface px-3 placeholder:text-muted pointer-coarse:h-11";

type Props = { query: TrailQuery; words: Words["audit"] };

/** A plain form, so that the address says what was asked. */
export function Filters({ query, words }: Props) {
  const { filters, kinds, outcomes } = words;
  const isNarrowed = fieldsOf({ ...query, after: null, live: true }).length > 0;
  return (
    <search>
      <form
        action="/admin/audit"
        aria-label={filters.label}
        className={`${cardLook} grid grid-cols-2 items-end gap-x-3 gap-y-3 p-4 sm:grid-cols-3 sm:px-5 lg:grid-cols-[1.4fr_1.1fr_1fr_1fr]`}
      >
        <Field label={filters.person} isWide>
          <Input name="person" type="search" value={query.person} placeholder={filters.personHint} maxLength={64} />
        </Field>
        <Field label={filters.kind}>
          <Select name="kind" value={query.kind} all={filters.allKinds} options={kinds} />
        </Field>
        <Field label={filters.outcome}>
          <Select name="outcome" value={query.outcome} all={filters.allOutcomes} options={outcomes} />
        </Field>
        <Field label={filters.reference}>
          <Input name="reference" value={query.reference} autoCapitalize="characters" maxLength={20} />
        </Field>
        <Field label={filters.within}>
          <Select name="within" value={query.within} all={filters.always} options={filters.spans} />
        </Field>
        <Field label={filters.from}>
          <Input name="from" type="date" value={query.from ?? ""} />
        </Field>
        <Field label={filters.to}>
          <Input name="to" type="date" value={query.to ?? ""} />
        </Field>
        {!query.live && <input type="hidden" name="live" value="0" />}
        <p className="col-span-2 flex flex-wrap items-center gap-x-4 gap-y-2 max-sm:[&>button]:grow sm:col-auto">
          <Button type="submit">{filters.submit}</Button>
          {isNarrowed && (
            <a href={auditAddress({ ...nothing, live: query.live })} className={`${linkLook} text-sm`}>
              {filters.clear}
            </a>
          )}
        </p>
      </form>
    </search>
  );
}

const nothing: TrailQuery = {
  ...{ person: "", kind: null, outcome: null, within: null, from: null, to: null },
  ...{ reference: "", after: null, live: true },
};

function Field({ label, isWide, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: each caller puts its control inside.
    <label className={`grid min-w-0 gap-1 text-sm text-muted ${isWide ? "max-lg:col-span-full" : ""}`}>
      {label}
      {children}
    </label>
  );
}

function Input({ value, ...rest }: Omit<ComponentProps<"input">, "value"> & { value: string }) {
  return (
    <input
      defaultValue={value}
      autoComplete="off"
      spellCheck={false}
      className={`${field} text-base text-ink`}
      {...rest}
    />
  );
}

type SelectProps = { name: string; value: string | null; all: string; options: Record<string, string> };

function Select({ name, value, all, options }: SelectProps) {
  return (
    <select name={name} defaultValue={value ?? ""} className={`${field} text-base text-ink`}>
      <option value="">{all}</option>
      {Object.entries(options).map(([option, label]) => (
        <option key={option} value={option}>
          {label}
        </option>
      ))}
    </select>
  );
}
