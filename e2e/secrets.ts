import { type BrowserContext } from "@playwright/test";
import { type Store } from "../sandbox/store";

/** The values that must never appear in a log or a page, each with its kind. */
export type Secrets = {
  add: (value: string, kind: string) => void;
  /** Returns the kinds of the secrets in a text, not their values, which would appear in a test report. */
  findIn: (text: string) => string[];
};

/** Shorter values are not secrets and would match by chance. */
const minLength = 16;

export function createSecrets(settings: Record<string, string>): Secrets {
  const kinds = new Map<string, string>();
  const secrets: Secrets = {
    add: (value, kind) => void (value.length >= minLength && kinds.set(value, kind)),
    findIn: (text) => [...kinds].filter(([value]) => text.includes(value)).map(([, kind]) => kind),
  };
  for (const name of ["NEXTAUTH_SECRET", "DINGTALK_CLIENT_SECRET"]) secrets.add(settings[name] ?? "", name);
  return secrets;
}

/** Records every code and token when the sandbox creates it, because the sandbox deletes a used code. */
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

/** The personal data of the sandbox's people in a text: of which person and which field, without the value. (S43) */
export function findPersonalData(text: string, store: Store): string[] {
  return store.people.all().flatMap((person) => {
    const { userid, name, mobile, email, orgEmail, personalEmail } = person;
    // A name of one character, or of Latin letters, could be a part of any word.
    const fields = { name: /\p{Script=Han}{2}/u.test(name) ? name : "", mobile, email, orgEmail, personalEmail };
    return Object.entries(fields).flatMap(([field, value]) =>
      value && text.includes(value) ? `${field} of ${userid}` : [],
    );
  });
}

class WatchedMap<Value> extends Map<string, Value> {
  readonly #onSet: (key: string, value: Value) => void;

  constructor(onSet: (key: string, value: Value) => void) {
    super();
    this.#onSet = onSet;
  }

  override set(key: string, value: Value): this {
    this.#onSet(key, value);
    return super.set(key, value);
  }
}

/** Records the cookies of a browser: a cookie's value gives access to its session or sign-in. */
export async function recordCookies(context: BrowserContext, secrets: Secrets): Promise<void> {
  for (const { name, value } of await context.cookies()) {
    secrets.add(value, `cookie ${name}`);
    secrets.add(decodeURIComponent(value), `cookie ${name}`);
  }
}
