import { type Metadata } from "next";
import { z } from "zod";
import { Overview } from "@/components/overview/overview";
import { requireAdmin } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { readOverview } from "@/lib/statistics/overview";
import { NewSignIn } from "../new-sign-in";

const ranges = [7, 14, 30] as const;
const query = z.object({ days: z.coerce.number().pipe(z.literal(ranges)).catch(14) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).overview.title };
}

export default async function OverviewPage({ searchParams }: PageProps<"/admin">) {
  const admin = await requireAdmin();
  const { days } = query.parse(await searchParams);
  const [overview, words] = await Promise.all([readOverview(admin, days), currentWords()]);
  return (
    <>
      <NewSignIn viewer={admin} words={words} />
      <Overview overview={overview} days={days} ranges={ranges} words={words} />
    </>
  );
}
