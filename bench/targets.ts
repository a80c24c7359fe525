import path from "node:path";
import getPort from "get-port";
import { nextBin, serverScript } from "../scripts/processes.mjs";
import { type Server, startServer } from "./server";

export type TargetName = "ours" | "baseline";

/** One of the two apps that are compared. */
export type Target = Server & { name: TargetName };

export type TargetOptions = { sandboxUrl: string; dataDir: string };

/** Starts our app with its database in `dataDir`, as the demo runs it apart from `settings`. */
export async function startOurs(options: TargetOptions, settings: Record<string, string> = {}): Promise<Target> {
  return { name: "ours", ...(await startApp({ command: [serverScript], readyPath: "/api/ready", settings }, options)) };
}

/** Starts the minimal next-auth app, which makes the plain chain of calls. */
export async function startBaseline(options: TargetOptions): Promise<Target> {
  // Next reads the port from PORT.
  const command = [nextBin, "start", path.join("bench", "baseline"), "-H", "127.0.0.1"];
  return { name: "baseline", ...(await startApp({ command, readyPath: "/empty", settings: {} }, options)) };
}

type App = { command: string[]; readyPath: string; settings: Record<string, string> };

/** Overrides the caller's own settings, so that a run uses only the sandbox and a temporary database. */
async function startApp({ settings, ...app }: App, { sandboxUrl, dataDir }: TargetOptions): Promise<Server> {
  const port = await getPort();
  const env = {
    NEXTAUTH_URL: `http://localhost:${port}`,
    DINGTALK_API_URL: sandboxUrl,
    DINGTALK_OAPI_URL: sandboxUrl,
    DINGTALK_LOGIN_URL: sandboxUrl,
    DATABASE_URL: "",
    DATA_DIR: dataDir,
    ALLOW_WEAK_SETTINGS: "true",
    // All sign-ins come from this machine, as if one office had a whole company's.
    REQUESTS_PER_MINUTE: "1000000",
    // Only the rush is measured under DingTalk's limit.
    DINGTALK_MAX_QPS: "0",
    ...settings,
  };
  return startServer({ ...app, port, env });
}
