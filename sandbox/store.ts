import { type Department } from "./company/departments";
import { People } from "./company/people";
import { seedDepartments } from "./company/seed-departments";
import { seedPeople } from "./company/seed-people";
import { type PlannedFault } from "./faults/schema";
import { type Code } from "./identity/codes";
import { type CorpToken, type UserToken } from "./identity/tokens";
import { type QrCode } from "./login/qr";
import { type Message } from "./oapi/messages";
import { type SandboxOptions } from "./options";
import { defaultSettings, type Settings } from "./settings";

export type RecordedCall = {
  method: string;
  path: string;
  at: number;
  connectionId: number;
  tokenKind: "corp" | "user" | "none";
};

/** Everything the sandbox remembers. It lives in memory and is gone when the process ends. */
export type Store = {
  options: SandboxOptions;
  settings: Settings;
  people: People;
  departments: Department[];
  codes: Map<string, Code>;
  corpTokens: Map<string, CorpToken>;
  userTokens: Map<string, UserToken>;
  qrCodes: Map<string, QrCode>;
  /** Login sessions of the login host: cookie value to userid. */
  logins: Map<string, string>;
  faults: PlannedFault[];
  calls: RecordedCall[];
  recentCalls: Map<string, number[]>;
  messages: Message[];
  /** Where each listener can be reached, known once it listens. */
  addresses: { sandbox: string; webview: string };
};

export function createStore(options: SandboxOptions): Store {
  return {
    options,
    corpTokens: new Map(),
    addresses: { sandbox: `http://localhost:${options.port}`, webview: webviewAddress(options, options.webviewPort) },
    ...freshState(),
  };
}

/** The one clock, which the setting clockOffsetSeconds moves. */
export function now(store: Store): number {
  return Date.now() + store.settings.clockOffsetSeconds * 1000;
}

/** Another host name than the app's, because cookies tell hosts apart but not ports. */
export function webviewAddress(options: SandboxOptions, port: number): string {
  const host = new URL(options.appUrl).hostname === "127.0.0.1" ? "localhost" : "127.0.0.1";
  return `http://${host}:${port}`;
}

/** The seeded company, nothing spent, no faults, no calls. */
export function freshState() {
  return {
    settings: defaultSettings(),
    people: new People(seedPeople()),
    departments: seedDepartments(),
    codes: new Map(),
    userTokens: new Map(),
    qrCodes: new Map(),
    logins: new Map(),
    faults: [],
    calls: [],
    recentCalls: new Map(),
    messages: [],
  };
}
