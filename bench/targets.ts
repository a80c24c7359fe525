import path from "node:path";
import getPort from "get-port";
import { nextBin, serverScript } from "../scripts/processes.mjs";
import { type DatabaseAddress } from "./databases";
import { type Server, type ServerOptions, startServer } from "./server";

export type TargetName = "ours" | "baseline" | "bare";

/** One of the servers that are compared. */
export type Target = Server & { name: TargetName };

export type TargetOptions = DatabaseAddress & { sandboxUrl: string };

/** One machine stands for a whole office, so the limit of tickets per address is lifted. */
export const ticketSettings = { TICKETS_PER_MINUTE: "1000000" };

type OursOptions = Pick<ServerOptions, "core" | "onOutput">;

/** Starts our app with its database, as the demo runs it apart from `settings`. */
export async function startOurs(
  options: TargetOptions,
  settings: Record<string, string> = {},
  own: OursOptions = {},
): Promise<Target> {
  const app = {
    command: [serverScript],
    readyPath: "/api/ready",
    settings,
    ...own,
  };
  return { name: "ours", ...(await startApp(app, options)) };
}

/** Starts the minimal next-auth app, which makes the plain chain of calls. */
export async function startBaseline(options: TargetOptions): Promise<Target> {
  // Next reads the port from PORT.
  const command = [nextBin, "start", path.join("bench", "baseline"), "-H", "127.0.0.1"];
  return { name: "baseline", ...(await startApp({ command, readyPath: "/empty", settings: {} }, options)) };
}

/** Starts a server that does nothing but the calls of a sign-in. */
export async function startBare(options: TargetOptions): Promise<Target> {
  const command = ["--import", "tsx", path.join("bench", "bare", "server.ts")];
  return { name: "bare", ...(await startApp({ command, readyPath: "/ready", settings: {} }, options)) };
}

type App = Omit<ServerOptions, "port" | "env"> & { settings: Record<string, string> };

/** Overrides the caller's own settings, so that a run uses only the sandbox and a temporary database. */
async function startApp(
  { settings, ...app }: App,
  { sandboxUrl, databaseUrl, dataDir }: TargetOptions,
): Promise<Server> {
  const port = await getPort();
  const env = {
    NEXTAUTH_URL: `http://localhost:${port}`,
    DINGTALK_API_URL: sandboxUrl,
    DINGTALK_OAPI_URL: sandboxUrl,
    DINGTALK_LOGIN_URL: sandboxUrl,
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    ALLOW_WEAK_SETTINGS: "true",
    // All sign-ins come from this machine, as if one office had a whole company's, and DingTalk granted it more calls.
    REQUESTS_PER_MINUTE: "1000000",
    DINGTALK_MAX_QPS: "1000000",
    // Every employee that the benchmark adds would be an event, and its cost would be counted as that of a sign-in.
    DINGTALK_EVENTS: "off",
    RECHECK_MINUTES: "0",
    DIRECTORY_SYNC_HOURS: "0",
    ...settings,
  };
  return startServer({ ...app, port, env });
}
