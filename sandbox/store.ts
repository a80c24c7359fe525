import { People } from "./company/people";
import { seedDepartments, seedPeople } from "./company/seed";
import { type DingTalkHost } from "./dingtalk-hosts";
import { type PlannedFault } from "./faults/plan";
import {
  type Code,
  type CorpToken,
  type Department,
  type JsapiTicket,
  type Message,
  type QrCode,
  type RecordedCall,
  type UserToken,
} from "./records";
import { allPermissions, defaultSettings, type SandboxOptions, type Settings } from "./settings";

/** The whole state of the sandbox. It lives in memory and is lost when the process ends. */
export type Store = {
  options: SandboxOptions;
  settings: Settings;
  people: People;
  departments: Department[];
  codes: Map<string, Code>;
  corpTokens: Map<string, CorpToken>;
  userTokens: Map<string, UserToken>;
  jsapiTicket: JsapiTicket | null;
  qrCodes: Map<string, QrCode>;
  /** Login sessions of the login host: cookie value to userid. */
  logins: Map<string, string>;
  faults: PlannedFault[];
  calls: RecordedCall[];
  recentCalls: Map<string, number[]>;
  messages: Message[];
  /** The address of each listener, known once it listens. A host without a port of its own is at the sandbox's address. */
  addresses: { sandbox: string; webview: string } & Record<DingTalkHost, string>;
};

export function createStore(options: SandboxOptions): Store {
  const sandbox = `http://localhost:${options.port}`;
  const webview = webviewAddress(options, options.webviewPort);
  return {
    options,
    corpTokens: new Map(),
    addresses: { sandbox, webview, api: sandbox, oapi: sandbox, login: sandbox },
    ...seededState(),
  };
}

/**
 * Restores the seeded company. Corp tokens stay valid and regain every permission: an app that caches one must not meet a
 * failure that no test planned.
 */
export function resetStore(store: Store): void {
  Object.assign(store, seededState());
  for (const token of store.corpTokens.values()) token.permissions = [...allPermissions];
}

/** The webview uses another host name than the app, because browsers share cookies between the ports of a host. */
export function webviewAddress(options: SandboxOptions, port: number): string {
  const host = new URL(options.appUrl).hostname === "127.0.0.1" ? "localhost" : "127.0.0.1";
  return `http://${host}:${port}`;
}

/** The seeded company with default settings: no codes, no faults, no calls. */
function seededState() {
  return {
    settings: defaultSettings(),
    people: new People(seedPeople()),
    departments: seedDepartments(),
    codes: new Map(),
    userTokens: new Map(),
    jsapiTicket: null,
    qrCodes: new Map(),
    logins: new Map(),
    faults: [],
    calls: [],
    recentCalls: new Map(),
    messages: [],
  };
}
