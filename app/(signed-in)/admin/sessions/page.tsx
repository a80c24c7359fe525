import { type Metadata } from "next";
import { z } from "zod";
import { CompanySessions } from "@/components/company-sessions";
import { Notice } from "@/components/notice";
import { requireAdmin } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { listCompanySessions } from "@/lib/sessions/company";
import { NewSignIn } from "../../new-sign-in";
import { endAll, endOne } from "./actions";

const isGiven = z.literal("1").nullable().catch(null);
const query = z.object({
  search: z.string().trim().max(200).catch(""),
  after: z.string().max(200).nullable().catch(null),
  /** What the action that just ran did. */
  ended: z.coerce.number().int().min(0).nullable().catch(null),
  mismatch: isGiven,
  again: isGiven,
});

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).companySessions.title };
}

export default async function CompanySessionsPage({ searchParams }: PageProps<"/admin/sessions">) {
  const admin = await requireAdmin();
  const { search, after, ...result } = query.parse(await searchParams);
  const [page, words] = await Promise.all([listCompanySessions(admin, { search, after }), currentWords()]);
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Result {...result} words={words.companySessions} />
      <CompanySessions
        page={page}
        search={search}
        ownId={admin.session.id}
        isFirst={after === null}
        asksAll={Boolean(result.again ?? result.mismatch)}
        words={words}
        onEnd={endOne}
        onEndAll={endAll}
      />
    </>
  );
}

type ResultProps = Omit<z.infer<typeof query>, "after" | "search"> & { words: Words["companySessions"] };

function Result({ ended, mismatch, again, words }: ResultProps) {
  if (mismatch) return <Notice tone="warn">{words.endAll.mismatch}</Notice>;
  if (again) return <Notice tone="good">{words.signedInAgain}</Notice>;
  return ended !== null && <Notice tone="good">{fill(words.ended, { count: ended })}</Notice>;
}
