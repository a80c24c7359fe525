import { type ReactNode } from "react";
import { type SyncView } from "@/lib/directory/admin";
import { type EmployeePage, type EmployeeQuery } from "@/lib/employees/list";
import { type DepartmentTree as Tree } from "@/lib/employees/tree";
import { fill } from "@/lib/i18n/fill";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { directoryAddress, hiddenFields } from "./directory/address";
import { EmployeeTable } from "./directory/employee-table";
import { Filters } from "./directory/filters";
import { SearchField } from "./directory/search-field";
import { SyncHistory } from "./directory/sync-history";
import { SyncStrip } from "./directory/sync-strip";
import { DepartmentTree } from "./directory/tree";
import { Empty } from "./notice";
import { Button, buttonLook, linkLook } from "./ui/button";
import { Link } from "./ui/link";

type Action = (form: FormData) => Promise<void>;
type Props = {
  page: EmployeePage;
  query: EmployeeQuery;
  tree: Tree;
  /** The departments from the root to the chosen one. */
  path: number[];
  sync: SyncView;
  /** The admin signed in again for a decision, which can go on. */
  asksAgain: boolean;
  words: Words;
  actions: { onStart: Action; onCancel: Action; onApprove: Action };
};

/** The company: its departments, its people a page at a time, and what the sync with DingTalk does. */
export function Directory({ page, query, tree, path, sync, asksAgain, words, actions }: Props) {
  const { directory } = words;
  const departments = <DepartmentTree roots={tree.roots} path={path} query={query} words={directory} />;
  return (
    <div data-wide className="grid gap-5">
      <Header {...{ page, query, tree, sync, words }} onStart={actions.onStart} />
      <SyncStrip
        sync={sync}
        address={directoryAddress(query, { after: query.after, before: query.before })}
        movesByItself={query.search === ""}
        asksAgain={asksAgain}
        words={words}
        {...actions}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 md:grid-cols-[236px_minmax(0,1fr)] md:items-start md:gap-7">
        <details className="md:hidden">
          <summary className={`${buttonLook()} list-none`}>{nameOf(tree, query.department) ?? directory.tree}</summary>
          <div className="mt-3">{departments}</div>
        </details>
        <div className="max-md:hidden">{departments}</div>
        <div className="grid min-w-0 gap-4">
          <Find query={query} words={words} />
          <Filters query={query} words={directory} />
          {page.employees.length === 0 ? (
            <NoEmployees query={query} words={words} />
          ) : (
            <EmployeeTable employees={page.employees} search={query.search} words={words} />
          )}
          <Pages page={page} query={query} words={words} />
          <SyncHistory runs={sync.runs} words={words} />
        </div>
      </div>
    </div>
  );
}

type HeaderProps = Pick<Props, "page" | "query" | "tree" | "sync" | "words"> & { onStart: Action };

function Header({ page, query, tree, sync, words, onStart }: HeaderProps) {
  const { directory, people } = words;
  const { latest, lastDone } = sync;
  const ago = lastDone?.endedAt && formatsFor(words).ago(lastDone.endedAt, new Date());
  const { start, syncing, waiting } = directory.sync;
  const label = { running: syncing, paused: waiting, done: start, failed: start, cancelled: start }[
    latest?.state ?? "done"
  ];
  const count = tree.roots.reduce((sum, root) => sum + root.people, 0);
  const size = fill(directory.lead, { count, departments: fill(directory.departments, { count: tree.nodes.size }) });
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="grid gap-1">
        <h1>{people.directory.title}</h1>
        <p className="text-muted">
          {[tree.nodes.size > 0 && size, ago ? fill(directory.synced, { ago }) : directory.never]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-sm text-muted" role="status">
          {fill(people.directory.total, { count: page.total })}
        </p>
        <form method="post" action="/admin/employees/export">
          <Hidden fields={[...hiddenFields(query), ["search", query.search]]} />
          <Button type="submit">{directory.export}</Button>
        </form>
        <form action={onStart}>
          <Button type="submit" disabled={label !== start} className={`${buttonLook()} disabled:text-muted`}>
            {label}
          </Button>
        </form>
      </div>
    </header>
  );
}

/** A plain form, so that it works without scripts and the address says what was asked. */
function Find({ query, words: { people, directory } }: Pick<Props, "query" | "words">) {
  const fields = hiddenFields(query);
  return (
    <search>
      <form action="/admin/employees" className="flex flex-wrap items-center gap-3">
        <Hidden fields={fields} />
        <SearchField key={JSON.stringify(fields)} search={query.search} hidden={fields} label={directory.searchLabel} />
        <Button type="submit">{people.directory.search}</Button>
        {query.search && (
          <a href={directoryAddress(query, { search: "" })} className={`${linkLook} text-sm`}>
            {people.directory.clear}
          </a>
        )}
      </form>
    </search>
  );
}

function Hidden({ fields }: { fields: [string, string][] }): ReactNode {
  return fields.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

function NoEmployees({ query, words: { people, directory } }: Pick<Props, "query" | "words">) {
  const { search, department, role, state, signedIn } = query;
  const isNarrow = [department, role, state, signedIn].some((value) => value !== null);
  if (!search && !isNarrow) return <Empty level="h2" {...people.directory.none} />;
  const { clear, ...none } = directory.none;
  const title = search ? fill(people.directory.noMatch.title, { search }) : none.title;
  return (
    <Empty level="h2" title={title} what={isNarrow ? none.what : people.directory.noMatch.what}>
      {isNarrow && (
        <Link href={`/admin/employees?${new URLSearchParams({ search })}`} className={buttonLook()}>
          {clear}
        </Link>
      )}
    </Empty>
  );
}

function Pages({ page, query, words: { people } }: Pick<Props, "page" | "query" | "words">) {
  const { first, previous, next, title } = people.directory;
  return (
    <nav aria-label={title} className="flex flex-wrap items-center justify-end gap-3 empty:hidden">
      {!page.isFirst && (
        <Link href={directoryAddress(query)} className={`${linkLook} mr-auto text-sm`}>
          {first}
        </Link>
      )}
      {page.previous && (
        <Link href={directoryAddress(query, { before: page.previous })} rel="prev" className={buttonLook()}>
          {previous}
        </Link>
      )}
      {page.next && (
        <Link href={directoryAddress(query, { after: page.next })} rel="next" className={buttonLook()}>
          {next}
        </Link>
      )}
    </nav>
  );
}

function nameOf(tree: Tree, id: number | null): string | undefined {
  return id === null ? undefined : tree.nodes.get(id)?.name;
}
