import pino from "pino";
import { DingTalkError } from "./dingtalk/errors";
import { env } from "./env";
import { currentRequestId } from "./incoming-request";
import { singleton } from "./singleton";

/** The one log: JSON lines on standard output. Callers pass names, kinds and references, never codes, tokens or profiles. */
export const log = singleton("log", () => createLog(env().LOG_LEVEL));

/** For `boot`, which reports settings that are invalid. */
export function createLog(level: string): pino.Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ requestId: currentRequestId() ?? undefined }),
    serializers: { err: describeError },
  };
  // The file descriptor: what is written to `process.stdout` leads here. (S43)
  return pino(options, pino.destination(1));
}

/** Describes an error without personal data: the message of a failed query ends with the query's values. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  if (error instanceof DingTalkError)
    return { ...error, type: error.name, message: error.message, cause: nameCause(error) };
  return {
    type: error.name,
    message: messageOf(error),
    cause: nameCause(error),
    // React's name for the error on the page that the browser got.
    digest: "digest" in error ? String(error.digest) : undefined,
    stack: error.stack?.split("\n").filter((line) => /^\s+at /.test(line)),
  };
}

/** What the database itself says may quote any value; its code names the fault. */
function messageOf(error: Error): string | undefined {
  if ("severity" in error && "code" in error) return `database error ${error.code}`;
  return error.message.split("\nparams:")[0];
}

function nameCause({ cause }: Error): unknown {
  if (!(cause instanceof Error)) return undefined;
  return "code" in cause ? cause.code : cause.name;
}
