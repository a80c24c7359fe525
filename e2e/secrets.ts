import { type BrowserContext } from "@playwright/test";
import { type Store } from "../sandbox/store";

/** Values that must never be written down anywhere, each with what it is. */
export type Secrets = {
  add: (value: string, kind: string) => void;
  /** What kinds of them a text contains; never the values, which would then stand in a test report. */
  findIn: (text: string) => string[];
};

/** Shorter values are no secrets, and would be found by chance. */
const shortest = 16;

export function createSecrets(settings: Record<string, string>): Secrets {
  const kinds = new Map<string, string>();
  const secrets: Secrets = {
    add: (value, kind) => void (value.length >= shortest && kinds.set(value, kind)),
    findIn: (text) => [...kinds].filter(([value]) => text.includes(value)).map(([, kind]) => kind),
  };
  for (const name of ["NEXTAUTH_SECRET", "DINGTALK_CLIENT_SECRET"]) secrets.add(settings[name] ?? "", name);
  return secrets;
}

/** Learns of every code and token at the moment DingTalk makes it: a spent code is forgotten there. */
export function watchStore(store: Store, secrets: Secrets): void {
  store.codes = new WatchedMap((code) => secrets.add(code, "code"));
  store.userTokens = new WatchedMap((token, { refreshToken }) => {
    secrets.add(token, "user token");
    secrets.add(refreshToken, "refresh token");
  });
  const corpTokens = new WatchedMap<Store["corpTokens"] extends Map<string, infer Token> ? Token : never>((token) =>
    secrets.add(token, "corp token"),
  );
  for (const [value, token] of store.corpTokens) corpTokens.set(value, token);
  store.corpTokens = corpTokens;
}

class WatchedMap<Value> extends Map<string, Value> {
  readonly #notice: (key: string, value: Value) => void;

  constructor(notice: (key: string, value: Value) => void) {
    super();
    this.#notice = notice;
  }

  override set(key: string, value: Value): this {
    this.#notice(key, value);
    return super.set(key, value);
  }
}

/** A cookie's value is as good as the session or sign-in behind it. */
export async function learnCookies(context: BrowserContext, secrets: Secrets): Promise<void> {
  for (const { name, value } of await context.cookies()) {
    secrets.add(value, `cookie ${name}`);
    secrets.add(decodeURIComponent(value), `cookie ${name}`);
  }
}
