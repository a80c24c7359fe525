import { Departments } from "./company/departments";
import { People } from "./company/people-index";
import { seedDepartments, seedLeaveRecords, seedPeople } from "./company/seed";
import { type DingTalkHost } from "./dingtalk-hosts";
import { type Callback, type CompanyEvent, type FailedEvent } from "./events/records";
import { type PlannedFault } from "./faults/plan";
import {
  type Code,
  type CorpToken,
  type JsapiTicket,
  type LeaveRecord,
  type Message,
  type QrCode,
  type RecordedCall,
  type UserToken,
} from "./records";
import { Schedule } from "./schedule";
import { allPermissions, defaultSettings, type SandboxOptions, type Settings } from "./settings";
import { type StreamClient, type StreamConnection } from "./stream/connection";

/** The whole state of the sandbox. It lives in memory and is lost when the process ends. */
export type Store = {
  options: SandboxOptions;
  settings: Settings;
  people: People;
  departments: Departments;
  leaveRecords: LeaveRecord[];
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
  /** The address of register_call_back. The one of the console is in the settings. */
  registeredCallback: Callback | null;
  /** The newest events, each with its pushes. */
  events: CompanyEvent[];
  /** What the fault "reordered" holds back. */
  heldEvents: CompanyEvent[];
  failedEvents: FailedEvent[];
  schedule: Schedule;
  /** Stream mode. Without a first connection, the app does not use it and no event waits for one. */
  stream: {
    tickets: Map<string, { client: StreamClient; expiresAt: number }>;
    connections: Set<StreamConnection>;
    isUsed: boolean;
  };
  /** The address of each listener, known once it listens. A host without a port of its own is at the sandbox's address. */
  addresses: { sandbox: string; webview: string } & Record<DingTalkHost, string>;
};

export function createStore(options: SandboxOptions): Store {
  const sandbox = `http://localhost:${options.port}`;
  const webview = webviewAddress(options, options.webviewPort);
  return {
    options,
    corpTokens: new Map(),
    stream: { tickets: new Map(), connections: new Set(), isUsed: false },
    addresses: { sandbox, webview, api: sandbox, oapi: sandbox, login: sandbox },
    ...seededState(),
  };
}

/**
 * Restores the seeded company. Corp tokens stay valid and regain every permission, and Stream connections stay open: an app
 * that keeps them must not meet a failure that no test planned.
 */
export function resetStore(store: Store): void {
  store.schedule.close();
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
    departments: new Departments(seedDepartments()),
    leaveRecords: seedLeaveRecords(),
    codes: new Map(),
    userTokens: new Map(),
    jsapiTicket: null,
    qrCodes: new Map(),
    logins: new Map(),
    faults: [],
    calls: [],
    recentCalls: new Map(),
    messages: [],
    registeredCallback: null,
    events: [],
    heldEvents: [],
    failedEvents: [],
    schedule: new Schedule(),
  };
}
