import { z } from "zod";
import { env } from "../env";
import { type ClientInfo, networkOf } from "../http/client-info";
import { deleteCookie, readCookie, writeCookie } from "../http/cookies";
import { exceedsLimit, isAtLimit } from "../http/rate-limits";
import { type Refusal } from "../refusals";
import { randomSecret } from "../secrets";
import { type SignInMethod } from "../sign-in-method";
import { singleton } from "../singleton";
import { type SignInResult } from "./admit";
import { refuse } from "./refuse";
import { seal, unseal } from "./seal";
import { createSignInQueue, type Wait } from "./sign-in-queue";

/** A sign-in that has to wait for DingTalk's limit instead of a result; nothing of it has happened yet. */
export type HasToWait = { wait: Wait };

/** What the browser keeps of its sign-in while it waits. A silent one keeps only its place and asks for a new code. */
const waitingSchema = z.object({
  id: z.string(),
  arrivedAtMs: z.number(),
  oauth: z.object({ state: z.string(), code: z.string() }).nullable(),
});

export type WaitingSignIn = z.infer<typeof waitingSchema>;

/** DingTalk's codes live for five minutes. */
const lifeSeconds = 5 * 60;

const queue = singleton("signInQueue", () => {
  const { DINGTALK_MAX_QPS: perSecond } = env();
  return perSecond === null ? null : createSignInQueue({ perSecond });
});

/** The sign-in with which this browser waits, or null. */
export async function readWaiting(): Promise<WaitingSignIn | null> {
  const sealed = await readCookie("waiting");
  return sealed ? (waitingSchema.safeParse(await unseal("waiting", sealed)).data ?? null) : null;
}

type SignIn = {
  method: SignInMethod;
  client: ClientInfo;
  /** Aborted when the browser closes the connection. */
  signal: AbortSignal;
  oauth: WaitingSignIn["oauth"];
};

/**
 * Runs a sign-in when its turn at DingTalk has come. If that takes too long, the place is kept in a sealed cookie, and with it
 * the code, which was not used. A network whose codes were refused too often gets no turn. (S20)
 */
export async function inTurn(signIn: SignIn, run: () => Promise<SignInResult>): Promise<SignInResult | HasToWait> {
  const { method, client } = signIn;
  const network = networkOf(client);
  if (await isAtLimit("refusal by ip", network)) return refuse({ method, client, refusal: "too_many_requests" });
  const arrival = await arrivalOf(signIn);
  const turn = (await queue()?.take(arrival, signIn.signal)) ?? { end: () => {} };
  if (turn === "full") return refuse({ method, client, refusal: "busy" });
  if ("place" in turn) return keepWaiting(arrival, turn);
  try {
    if (arrival.isReturning) await deleteCookie("waiting");
    const result = await run();
    if ("refusal" in result && blamesCode(result.refusal)) await exceedsLimit(["refusal by ip", network]);
    return result;
  } finally {
    turn.end();
  }
}

type Arrival = WaitingSignIn & { isReturning: boolean };

async function arrivalOf({ oauth }: SignIn): Promise<Arrival> {
  const waiting = await readWaiting();
  const isReturning = waiting !== null && waiting.oauth?.state === oauth?.state;
  if (isReturning) return { ...waiting, oauth, isReturning };
  return { id: oauth?.state ?? randomSecret(), arrivedAtMs: Date.now(), oauth, isReturning };
}

async function keepWaiting({ isReturning: _, ...waiting }: Arrival, wait: Wait): Promise<HasToWait> {
  await writeCookie("waiting", await seal("waiting", waiting, lifeSeconds), lifeSeconds);
  return { wait };
}

/** Whether a refusal says something about the code, and not about DingTalk or this app. Strangers can make such codes up. */
function blamesCode(refusal: Refusal): boolean {
  return ["code_used", "outsider", "external_contact", "leaver"].includes(refusal);
}
