import { desc } from "drizzle-orm";
import { auditChain } from "../db/audit-schema";
import { db } from "../db/client";
import { singleton } from "../singleton";

/** However many pages are open, this process asks once a second. */
const keptMs = 900;

type Asked = { at: number; position: Promise<number> };
const asked = singleton<{ last: Asked | null }>("trailPosition", () => ({ last: null }));

/**
 * The last position of the chain, at most a second old. Events become part of the chain in the order in which their transactions commit, so that
 * none appears before it later. Asking costs sign-ins nothing, as announcing each event would.
 */
export function newestPosition(now = Date.now()): Promise<number> {
  const { last } = asked();
  if (last && now - last.at < keptMs) return last.position;
  const position = ask();
  asked().last = { at: now, position };
  position.catch(() => {
    asked().last = null;
  });
  return position;
}

async function ask(): Promise<number> {
  const [last] = await db
    .select({ position: auditChain.position })
    .from(auditChain)
    .orderBy(desc(auditChain.position))
    .limit(1);
  return last?.position ?? 0;
}
