import pino from "pino";
import { DingTalkError } from "./dingtalk/errors";
import { env } from "./env";
import { currentRequestId } from "./incoming-request";
import { singleton } from "./singleton";

/** The one log: JSON lines on standard output. Callers pass names, kinds and references, never codes, tokens or profiles. */
export const log = singleton("log", () =>
  pino({
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ requestId: currentRequestId() ?? undefined }),
    serializers: { err: describeError },
  }),
);

/** Describes an error without personal data: the message of a failed query ends with the query's values. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  if (error instanceof DingTalkError)
    return { ...error, type: error.name, message: error.message, cause: nameCause(error) };
  const message = error.message.split("\nparams:")[0];
  return {
    type: error.name,
    message,
    cause: nameCause(error),
    stack: error.stack?.split("\n").filter((line) => /^\s+at /.test(line)),
  };
}

function nameCause({ cause }: Error): unknown {
  if (!(cause instanceof Error)) return undefined;
  return "code" in cause ? cause.code : cause.name;
}
