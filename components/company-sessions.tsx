import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type SessionPage } from "@/lib/sessions/company";
import { CompanySessionTable } from "./company-session-table";
import { Empty } from "./notice";
import { Button, buttonLook, linkLook } from "./ui/button";
import { Link } from "./ui/link";
import { SearchInput } from "./ui/search-input";

type Action = (form: FormData) => Promise<void>;
type Props = {
  page: SessionPage;
  search: string;
  ownId: string;
  isFirst: boolean;
  /** Whether the form that signs everyone out is open at first. */
  asksAll: boolean;
  words: Words;
  onEnd: Action;
  onEndAll: Action;
};

/** Every live session of the company, a page at a time, and how to end one or all. */
export function CompanySessions({ page, search, ownId, isFirst, asksAll, words, onEnd, onEndAll }: Props) {
  const { companySessions } = words;
  return (
    <>
      <header className="grid gap-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <h1>{companySessions.title}</h1>
          <p className="text-sm text-muted">{fill(companySessions.total, { count: page.total })}</p>
        </div>
        <p className="text-muted">{companySessions.lead}</p>
      </header>
      <EndAll isOpen={asksAll} words={companySessions.endAll} onEndAll={onEndAll} />
      <Find search={search} words={words} />
      {page.sessions.length === 0 ? (
        <Empty
          level="h2"
          title={fill(words.people.directory.noMatch.title, { search })}
          what={companySessions.noMatch}
        />
      ) : (
        <CompanySessionTable sessions={page.sessions} ownId={ownId} words={words} onEnd={onEnd} />
      )}
      <nav aria-label={companySessions.title} className="flex flex-wrap gap-3 empty:hidden">
        {!isFirst && (
          <Link href={`/admin/sessions?${new URLSearchParams({ search })}`} className={buttonLook()}>
            {companySessions.first}
          </Link>
        )}
        {page.next && (
          <Link href={`/admin/sessions?${new URLSearchParams({ search, after: page.next })}`} className={buttonLook()}>
            {companySessions.next}
          </Link>
        )}
      </nav>
    </>
  );
}

function Find({ search, words: { companySessions, people } }: { search: string; words: Words }) {
  return (
    <search>
      <form action="/admin/sessions" className="flex flex-wrap items-center gap-3">
        <SearchInput label={companySessions.searchLabel} defaultValue={search} />
        <Button type="submit">{people.directory.search}</Button>
        {search && (
          <a href="/admin/sessions" className={`${linkLook} text-sm`}>
            {people.directory.clear}
          </a>
        )}
      </form>
    </search>
  );
}

type EndAllProps = { isOpen: boolean; words: Words["companySessions"]["endAll"]; onEndAll: Action };

/** Asked twice, the second time with a word to type, so that no slip signs the company out. Works without scripts. */
function EndAll({ isOpen, words, onEndAll }: EndAllProps) {
  return (
    <details open={isOpen}>
      <summary className={`${buttonLook()} list-none`}>{words.summary}</summary>
      <form action={onEndAll} className="mt-3 grid justify-items-start gap-4 rounded-lg bg-bad-soft p-5.5">
        <p>{words.what}</p>
        <label className="grid w-full gap-1.5 sm:max-w-90">
          {fill(words.label, { word: words.word })}
          <input
            name="word"
            required
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="h-10 w-full rounded-md border border-edge bg-surface px-3 pointer-coarse:h-11"
          />
        </label>
        <label className="flex items-center gap-2.5 pointer-coarse:min-h-11">
          <input type="checkbox" name="keepsOwn" defaultChecked className="size-4.5 accent-accent" />
          {words.keepOwn}
        </label>
        <Button type="submit" kind="danger">
          {words.confirm}
        </Button>
      </form>
    </details>
  );
}
