import { and, eq, inArray } from "drizzle-orm";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { matchesWords, recordSearch, wordsOf } from "../search/words";
import { type Admin } from "../sessions/permission";
import { singleton } from "../singleton";

/** More people than this are no search for a person. */
const maxPeople = 300;
/** A page that is read anew while it is open is not a new search. */
const sameSearchMs = 10 * 60_000;

const recorded = singleton("trailSearches", () => new Map<string, number>());

export type People = { userIds: string[]; isCut: boolean };

/**
 * Whom a text means: the employee who has it as userId, or else those whom it finds as a search of the directory does. A userId that is not stored,
 * as of an erased employee, still finds its events. Null for no text. A search is recorded, the same one of a session again after ten minutes. (S37)
 */
export async function findPeople(admin: Admin, person: string): Promise<People | null> {
  const words = wordsOf(person);
  if (words.length === 0) return null;
  await recordOnce(admin, words);
  if ((await namesOf(admin, [person])).size > 0) return { userIds: [person], isCut: false };
  const found = await db
    .select({ userId: employees.userId })
    .from(employees)
    .where(and(eq(employees.corpId, admin.corpId), matchesWords(words)))
    .limit(maxPeople + 1);
  const userIds = found.slice(0, maxPeople).map(({ userId }) => userId);
  return { userIds: [person, ...userIds], isCut: found.length > maxPeople };
}

async function recordOnce(admin: Admin, words: string[]): Promise<void> {
  const now = Date.now();
  for (const [key, until] of recorded()) if (until <= now) recorded().delete(key);
  const key = JSON.stringify([admin.session.id, ...words]);
  if (recorded().has(key)) return;
  await recordSearch(admin, "audit_searched", words);
  recorded().set(key, now + sameSearchMs);
}

/** The names of those who are stored. */
export async function namesOf({ corpId }: Admin, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .select({ userId: employees.userId, name: employees.name })
    .from(employees)
    .where(and(eq(employees.corpId, corpId), inArray(employees.userId, userIds)));
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}
