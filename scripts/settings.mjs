import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Reads the NAME=value lines of a file. A missing file has none. */
export function readSettings(file) {
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const pairs = lines.map((line) => /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim())).filter(Boolean);
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value.trim().replace(/^(["'])(.*)\1$/, "$2")]));
}

/** Returns the environment without empty values: an empty setting counts as not given. */
export function givenSettings() {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
}

/**
 * Returns the environment of an app that uses the sandbox: the example's values, then the URLs of this run, then the caller's
 * environment.
 */
export function sandboxEnvironment({ dataDir, ports }) {
  const app = `http://localhost:${ports.PORT}`;
  const dingtalk = `http://localhost:${ports.SANDBOX_PORT}`;
  const folder = process.env.DATA_DIR || dataDir;
  return {
    ...readSettings(".env.example"),
    NEXT_TELEMETRY_DISABLED: "1",
    // Under next dev, lib/boot.ts handles the signals too.
    NEXT_MANUAL_SIG_HANDLE: "1",
    NEXTAUTH_URL: app,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || readOrCreateSecret(folder),
    APP_URL: app,
    DINGTALK_API_URL: dingtalk,
    DINGTALK_OAPI_URL: dingtalk,
    DINGTALK_LOGIN_URL: dingtalk,
    ALLOW_WEAK_SETTINGS: "true",
    ...givenSettings(),
    ...ports,
    DATA_DIR: folder,
  };
}

/** The secret is created once per data folder: sessions survive a restart, and no two machines share a secret. */
function readOrCreateSecret(folder) {
  const file = path.join(folder, "nextauth-secret");
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  }
  return readFileSync(file, "utf8").trim();
}
