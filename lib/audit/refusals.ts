import { db } from "../db/client";
import { DingTalkError } from "../dingtalk/errors";
import { type ClientInfo, networkOf } from "../http/client-info";
import { beyondRequest } from "../incoming-request";
import { log } from "../log";
import { type Refusal } from "../refusals";
import { createReference } from "../secrets";
import { ownCorpId } from "../services";
import { type SignInMethod } from "../sign-in-method";
import { singleton } from "../singleton";
import { type AuditEvent, recordEvent } from "./events";

/** `method` is null where not even the method is known, as for a callback whose state this browser never had. */
export type RefusedRequest = {
  refusal: Refusal;
  method: SignInMethod | null;
  client: ClientInfo;
  /** Of an employee who is identified; such a refusal is not counted together with another employee's. */
  userId?: string | undefined;
  cause?: unknown;
};

/** The same refusal of the same address is written at most once, and summarised once, in this time. */
const summaryMs = 60_000;
/** Beyond this many at once, the refusals of further addresses are summarised together. */
const maxAddresses = 1000;

type Recorded = { event: AuditEvent & { reference: string }; repeats: number };

/** What was refused within the last minute. */
const recent = singleton("recentRefusals", () => new Map<string, Recorded>());

/**
 * Records a refusal in the log and the audit trail, and returns its reference. The same refusal of the same address within a
 * minute is only counted and gets the same reference, so that no stranger fills the disk and every reference is found in
 * both. (S37, S38, S42)
 */
export async function recordRefusal(refused: RefusedRequest): Promise<string> {
  const key = keyOf(refused);
  const recorded = recent().get(key);
  if (recorded) {
    recorded.repeats += 1;
    return recorded.event.reference;
  }
  const event = describe(refused, createReference());
  recent().set(key, { event, repeats: 0 });
  beyondRequest(() => setTimeout(() => void summarise(key), summaryMs).unref());
  const { reference, method, reason, client } = event;
  log().warn({ reference, refusal: reason, method, ip: client?.ip, err: refused.cause }, "sign-in refused");
  await write(event);
  return reference;
}

/** Writes all summaries that are still due. A process calls this before it stops. */
export async function summariseRefusals(): Promise<void> {
  await Promise.all([...recent().keys()].map(summarise));
}

async function summarise(key: string): Promise<void> {
  const recorded = recent().get(key);
  recent().delete(key);
  if (!recorded?.repeats) return;
  const { event, repeats: count } = recorded;
  const { reference, reason, client } = event;
  log().warn({ reference, refusal: reason, ip: client?.ip, count }, "sign-in refused repeatedly");
  await write({ ...event, count });
}

/** A refusal must reach its person even while the database is down. */
async function write(event: AuditEvent): Promise<void> {
  const { reference } = event;
  await recordEvent(db, event).catch((err) => log().error({ reference, err }, "refusal not recorded"));
}

function keyOf({ refusal, userId, client }: RefusedRequest): string {
  const write = (address: string | null) => JSON.stringify([refusal, userId ?? null, address]);
  const own = write(networkOf(client));
  return recent().has(own) || recent().size < maxAddresses ? own : write("other addresses");
}

function describe({ refusal, method, client, userId, cause }: RefusedRequest, reference: string) {
  const dingtalkRequestId = cause instanceof DingTalkError ? cause.requestId : null;
  const kind = "refused" as const;
  return { kind, corpId: ownCorpId(), userId, method, reason: refusal, reference, client, dingtalkRequestId };
}
