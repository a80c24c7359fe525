import { type Fault, verifyTrail } from "../lib/audit/chain";
import { openDatabase } from "../lib/db/client";
import { databaseSettings } from "../lib/env";
import { runCommand } from "./database-command";

await runCommand(async () => {
  const { db, close } = await openDatabase(databaseSettings());
  try {
    const oneMoment = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
    const { fault, events, signedUpTo } = await db.transaction(verifyTrail, oneMoment);
    const signed = signedUpTo
      ? `signed up to position ${signedUpTo.position}, ${signedUpTo.at.toISOString()}`
      : "not signed yet";
    console.log(`Verified ${events} audit events; ${signed}. 已核对 ${events} 条审计记录。`);
    if (fault) console.error(describe(fault));
    return fault ? 1 : 0;
  } finally {
    await close();
  }
});

function describe({ what, position, eventId, at }: Fault): string {
  const facts = [
    position === null ? "not in the chain" : `position ${position}`,
    eventId !== null && `event ${eventId}`,
    at && `of ${at.toISOString()}`,
  ].filter(Boolean);
  return `The audit trail was manipulated: ${what}, ${facts.join(", ")}. 审计记录被动过。`;
}
