import { and, eq, getTableColumns, gt, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, notified } from "../db/client";
import { tickets } from "../db/schema";
import { hashSecret } from "../secrets";
import { nextState, statesBefore, type TicketEvent, type TicketState } from "./lifecycle";

export type TicketRow = typeof tickets.$inferSelect;

/** Where a ticket's moves are told; a message is the hash of its id and the state it is in now. */
export const ticketChannel = "tickets";
const message = sql`${tickets.idHash} || ' ' || ${tickets.state}`;

type Move = { event: TicketEvent; id: string; only?: SQL | undefined; set?: Partial<TicketRow> };

/**
 * Moves a ticket by one conditional statement, which tells of the move: of two phones, or two redeems, exactly one finds it in the state it needs.
 * Null when somebody was first, the ticket ran out, or `only` does not hold.
 */
export async function moveTicket(change: Db, { event, id, only, set }: Move): Promise<TicketRow | null> {
  const [moved] = await change
    .update(tickets)
    .set({ ...set, state: stateAfter(event) })
    .where(
      and(
        eq(tickets.idHash, hashSecret(id)),
        inArray(tickets.state, statesBefore(event)),
        gt(tickets.expiresAt, sql`now()`),
        only,
      ),
    )
    .returning({ ...getTableColumns(tickets), told: notified(ticketChannel, message) });
  return moved ?? null;
}

/** Every event leads to one state, wherever it comes from. */
function stateAfter(event: TicketEvent): TicketState {
  const [from] = statesBefore(event);
  const to = from && nextState(from, event);
  if (!to) throw new Error(`no ticket can ${event}`);
  return to;
}
