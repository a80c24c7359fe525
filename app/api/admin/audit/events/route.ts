import { type NextRequest } from "next/server";
import { z } from "zod";
import { requireAdmin } from "@/lib/auth/viewer";
import { readTrailQuery } from "@/lib/trail/query";
import { watchTrail } from "@/lib/trail/tail";

const position = z.coerce.number().int().min(0).nullable().catch(null);

/** Tells an open page of the audit trail that there are new events. */
export async function GET({ nextUrl, signal }: NextRequest): Promise<Response> {
  const admin = await requireAdmin();
  const given = Object.fromEntries(nextUrl.searchParams);
  const since = position.parse(given.since ?? null);
  return (
    (await watchTrail(admin, readTrailQuery(given), { since, signal })) ??
    new Response(null, { status: 429, headers: { "retry-after": "60" } })
  );
}
