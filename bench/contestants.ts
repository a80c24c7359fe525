import { createServer } from "node:net";
import path from "node:path";
import { type Server, startServer } from "./server";

export type Name = "ours" | "baseline";
export type Contestant = Server & { name: Name };

type Places = { sandboxUrl: string; dataDir: string };

/** Our app, its database in `dataDir`, as the demo runs it but for these settings. */
export async function startOurs(places: Places, settings: Record<string, string> = {}): Promise<Contestant> {
  return { name: "ours", ...(await startAt({ folder: ".", readyPath: "/api/ready", settings }, places)) };
}

/** The bare next-auth page that does the plain chain of calls. */
export async function startBaseline(places: Places): Promise<Contestant> {
  const folder = path.join("bench", "baseline");
  return { name: "baseline", ...(await startAt({ folder, readyPath: "/empty", settings: {} }, places)) };
}

type App = { folder: string; readyPath: string; settings: Record<string, string> };

/** Whatever the caller's own settings say, this run meets only the sandbox and a database that is thrown away. */
async function startAt({ settings, ...app }: App, { sandboxUrl, dataDir }: Places): Promise<Server> {
  const port = await freePort();
  const env = {
    NEXTAUTH_URL: `http://localhost:${port}`,
    DINGTALK_API_URL: sandboxUrl,
    DINGTALK_OAPI_URL: sandboxUrl,
    DINGTALK_LOGIN_URL: sandboxUrl,
    DATABASE_URL: "",
    DATA_DIR: dataDir,
    ALLOW_WEAK_SETTINGS: "true",
    ...settings,
  };
  return startServer({ ...app, port, env });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
