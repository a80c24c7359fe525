import { and, arrayContains, like, type SQL } from "drizzle-orm";
import { type AuditKind, recordEvent } from "../audit/events";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { currentClient } from "../http/client-info";
import { foldText, shortestInText } from "./terms";

/** More words than a name has only cost time. */
const maxWords = 8;

/** The words of a search, folded as what they are compared with. */
export function wordsOf(search: string): string[] {
  // PostgreSQL cannot store a zero byte in text.
  return foldText(search.replaceAll("\0", " ")).split(/\s+/).filter(Boolean).slice(0, maxWords);
}

/** Employees in whose search terms every word is. */
export function matchesWords(words: string[]): SQL | undefined {
  return and(...words.map(matchesWord));
}

function matchesWord(word: string): SQL {
  if ([...word].length < shortestInText) return arrayContains(employees.searchKeys, [word]);
  return like(employees.searchText, `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}

type Searcher = { corpId: string; userId: string };

/** Each search for people is recorded, without the names and numbers that were searched for. (S37) */
export async function recordSearch(
  { corpId, userId: actorUserId }: Searcher,
  kind: AuditKind,
  words: string[],
): Promise<void> {
  await recordEvent(db, { kind, corpId, actorUserId, reason: maskWords(words), client: await currentClient() });
}

/** The first character and the length of each: enough to recognise a search. */
export function maskWords(words: string[]): string {
  return words.map(maskWord).join(" ").slice(0, 100);
}

function maskWord(word: string): string {
  const [first = "", ...rest] = word;
  return rest.length > 0 ? first + "*".repeat(rest.length) : "*";
}
