import { z } from "zod";
import { corpIdSchema } from "./dingtalk/identity";
import { dingtalkHosts, findWeaknesses } from "./env-weaknesses";
import { singleton } from "./singleton";

const text = z.string().trim();
const origin = z
  .url({ protocol: /^https?$/, error: "必须是 http(s) 地址 / must be an http(s) address" })
  .transform((value) => new URL(value).href.replace(/\/+$/, ""));
/** Written as browsers write the Origin header, with which it is compared. */
const ownOrigin = origin.refine(
  (value) => new URL(value).origin === value,
  "只能是协议、域名和端口 / must be scheme, host and port only",
);
const optional = text.transform((value) => value || null).default(null);
const flag = z.stringbool().default(false);
const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

const schema = z.object({
  NEXTAUTH_URL: ownOrigin,
  NEXTAUTH_SECRET: text.min(1),
  NEXTAUTH_SECRET_FORMER: optional,
  DINGTALK_CLIENT_ID: text.min(1),
  DINGTALK_CLIENT_SECRET: text.min(1),
  DINGTALK_CORP_ID: corpIdSchema,
  DINGTALK_API_URL: origin.default(dingtalkHosts.DINGTALK_API_URL),
  DINGTALK_OAPI_URL: origin.default(dingtalkHosts.DINGTALK_OAPI_URL),
  DINGTALK_LOGIN_URL: origin.default(dingtalkHosts.DINGTALK_LOGIN_URL),
  DINGTALK_ALLOW_OTHER_HOSTS: flag,
  DINGTALK_EMPLOYEE_API: z.enum(["v2", "legacy"]).default("v2"),
  DINGTALK_CORP_TOKEN_API: z.enum(["corp", "app"]).default("corp"),
  DINGTALK_MAX_QPS: count(20).transform((perSecond) => perSecond || null),
  DINGTALK_EVENTS: z.enum(["off", "http", "stream"]).default("off"),
  DINGTALK_EVENT_TOKEN: optional,
  DINGTALK_EVENT_AES_KEY: optional.pipe(
    z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}$/, "必须是 43 个字符 / must have 43 characters")
      .nullable(),
  ),
  RECHECK_MINUTES: count(5).transform((minutes) => minutes || null),
  DIRECTORY_SYNC_HOURS: count(24).transform((hours) => hours || null),
  DIRECTORY_SYNC_QPS: z.coerce.number().positive().max(1000).default(15),
  DINGTALK_MONTHLY_QUOTA: z.coerce.number().int().positive().default(5000),
  DINGTALK_AGENT_ID: z.coerce.number().int().positive().nullable().default(null),
  NOTIFY_SIGN_IN: z.enum(["new", "always", "off"]).default("new"),
  LOGIN_QR: z.enum(["frame", "ticket"]).default("frame"),
  REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(6000),
  TICKETS_PER_MINUTE: count(600),
  DATABASE_URL: optional,
  DATA_DIR: text.min(1).default(".data"),
  ADMIN_USER_IDS: text.default("").transform((list) =>
    list
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean),
  ),
  SESSION_IDLE_HOURS: z.coerce
    .number()
    .positive()
    .max(24 * 365)
    .default(72),
  SESSION_MAX_DAYS: z.coerce.number().positive().max(365).default(14),
  SESSIONS_PER_EMPLOYEE: z.coerce.number().int().positive().default(20),
  OFFLINE_GRACE_HOURS: z.coerce.number().positive().default(24),
  REAUTHENTICATE_MINUTES: z.coerce.number().min(0).default(15),
  BRAND_NAME: text.min(1).default("DingTalk Login"),
  BRAND_LOGO: optional,
  AUDIT_EXPORT: text
    .regex(
      /^(off|stdout|file:\/.+|https?:\/\/.+)$/,
      "off, stdout, file:/… 或 https://… / off, stdout, file:/… or https://…",
    )
    .default("off"),
  AUDIT_EXPORT_TOKEN: optional,
  AUDIT_RETENTION_DAYS: z.coerce.number().int().positive().max(36_500).default(365),
  TRUSTED_PROXY_COUNT: count(0),
  STOP_TIMEOUT_SECONDS: count(20),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug"]).default("info"),
  ALLOW_WEAK_SETTINGS: flag,
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
});

export type Env = z.infer<typeof schema>;

export class ConfigurationError extends Error {
  override name = "ConfigurationError";
  constructor(readonly problems: string[]) {
    super(`Invalid configuration:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}

const databaseSchema = schema
  .pick({ DATABASE_URL: true, DATA_DIR: true })
  .extend({ DINGTALK_CORP_ID: text.catch("unknown") });

export type DatabaseSettings = z.infer<typeof databaseSchema>;

/** The settings with which an error in the others can be recorded. Missing ones have their defaults. */
export function readDatabaseSettings(source: Record<string, string | undefined>): DatabaseSettings {
  return databaseSchema.parse(withoutEmpty(source));
}

function withoutEmpty(source: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * Reads every setting at once. Throws a `ConfigurationError` that lists each missing, malformed or weak one by name;
 * weak ones (http, short secrets, unknown hosts) pass only with ALLOW_WEAK_SETTINGS on a loopback address.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = withoutEmpty(source);
  const parsed = schema.safeParse(given);
  const malformed = parsed.success
    ? findMissing(parsed.data)
    : parsed.error.issues.map((issue) => describe(issue, given));
  const allowsOtherHosts = isOn(given.DINGTALK_ALLOW_OTHER_HOSTS);
  const weak = allowsWeakness(given) ? [] : findWeaknesses(given, { allowsOtherHosts });
  if (parsed.success && malformed.length + weak.length === 0) return parsed.data;
  throw new ConfigurationError([...malformed, ...weak]);
}

/** DingTalk's callbacks cannot be checked without their keys. */
function findMissing(settings: Env): string[] {
  if (settings.DINGTALK_EVENTS !== "http") return [];
  const needed = ["DINGTALK_EVENT_TOKEN", "DINGTALK_EVENT_AES_KEY"] as const;
  return needed.filter((name) => settings[name] === null).map((name) => `${name}: 缺少 / missing`);
}

function describe(issue: z.core.$ZodIssue, given: Record<string, unknown>): string {
  const name = String(issue.path[0]);
  return name in given ? `${name}: ${issue.message}` : `${name}: 缺少 / missing`;
}

function allowsWeakness(given: Record<string, string | undefined>): boolean {
  const isLoopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/?$/.test(given.NEXTAUTH_URL ?? "");
  return isLoopback && (isOn(given.ALLOW_WEAK_SETTINGS) || given.NODE_ENV === "development");
}

function isOn(value: string | undefined): boolean {
  return flag.safeParse(value).data ?? false;
}

/** This process's settings, read once. Throws `ConfigurationError`, which `boot` reports before it stops the process. */
export const env = singleton("env", () => readEnv(process.env));

/** What of this process's settings opens the database, whatever is wrong with the others. */
export const databaseSettings = singleton("databaseSettings", () => readDatabaseSettings(process.env));
