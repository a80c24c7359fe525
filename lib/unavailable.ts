/**
 * Why it is not known now whether a session counts: the database does not answer, or DingTalk has not confirmed the employee
 * for `hours`.
 */
export type Unavailability = { cause: "database" } | { cause: "dingtalk"; hours: number };

/** The viewer is not known now. That is not the end of the session, so its cookie must stay. (S25, S35) */
export class Unavailable extends Error {
  override name = "Unavailable";
  /** All that Next passes on of an error to the browser's error page. */
  readonly digest: string;

  constructor(
    readonly reason: Unavailability,
    options?: ErrorOptions,
  ) {
    super(`The viewer is not known: ${reason.cause} does not answer.`, options);
    this.digest = `unavailable:${reason.cause}:${reason.cause === "dingtalk" ? reason.hours : 0}`;
  }
}

/** Reads the reason from an error, also where only its digest is left; null for any other error. */
export function readUnavailability(error: unknown): Unavailability | null {
  if (!(error instanceof Error) || !("digest" in error)) return null;
  const [, cause, hours] = /^unavailable:(database|dingtalk):(\d+)/.exec(String(error.digest)) ?? [];
  if (cause === "database") return { cause };
  return cause === "dingtalk" ? { cause, hours: Number(hours) } : null;
}
