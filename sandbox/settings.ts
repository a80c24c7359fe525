import { z } from "zod";
import { pushSchema, streamSchema } from "./events/settings";

const portSchema = z.coerce.number().int().min(0).max(65_535);

const optionsSchema = z.object({
  port: portSchema.default(3100),
  webviewPort: portSchema.default(3101),
  /** Ports that play one of DingTalk's hosts each and refuse the paths of the others. */
  hostPorts: z
    .object({ api: portSchema.optional(), oapi: portSchema.optional(), login: portSchema.optional() })
    .default({}),
  appUrl: z.url().default("http://localhost:3000"),
  clientId: z.string().default("dingsandbox0client0001"),
  clientSecret: z.string().default("sandbox-secret-not-for-production-0001"),
  corpId: z.string().default("dingsandbox0corp00000001"),
  agentId: z.number().default(1_000_001),
  /** The company's secret, for the form of /gettoken that takes corpid and corpsecret. */
  corpSecret: z.string().default("sandbox-corp-secret-0001"),
  /** The secret of the admin console, for ssoAccessToken. */
  ssoSecret: z.string().default("sandbox-sso-secret-0001"),
  /** Names other than loopback under which the control API and the webview may be called. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /** The app's id in the frames of Stream mode. */
  unifiedAppId: z.string().default("5a0db0c5-0000-4000-8000-000000000001"),
});

/** What is fixed at the start: the ports and the one app that is registered in the console. */
export type SandboxOptions = z.output<typeof optionsSchema>;

/** Adds the defaults; throws a ZodError that names an invalid value. */
export function readOptions(given: z.input<typeof optionsSchema> = {}): SandboxOptions {
  return optionsSchema.parse(given);
}

/** The options from environment variables. An empty variable counts as absent. */
export function readEnvironment(env: Record<string, string | undefined>): SandboxOptions {
  return readOptions({
    port: env.SANDBOX_PORT || undefined,
    webviewPort: env.WEBVIEW_PORT || undefined,
    hostPorts: {
      api: env.SANDBOX_API_PORT || undefined,
      oapi: env.SANDBOX_OAPI_PORT || undefined,
      login: env.SANDBOX_LOGIN_PORT || undefined,
    },
    appUrl: env.APP_URL || undefined,
    clientId: env.DINGTALK_CLIENT_ID || undefined,
    clientSecret: env.DINGTALK_CLIENT_SECRET || undefined,
    corpId: env.DINGTALK_CORP_ID || undefined,
    allowedHosts: env.SANDBOX_ALLOWED_HOSTS?.split(/[\s,]+/).filter((name) => name !== ""),
  });
}

/** The permissions of the console that the sandbox knows. The two `field…` permissions only add fields to responses. */
export const allPermissions = [
  "open_app_api_base",
  "qyapi_base",
  "Contact.User.Read",
  "Contact.User.mobile",
  "qyapi_get_member",
  "qyapi_get_department_list",
  "qyapi_get_department_member",
  "qyapi_get_member_by_mobile",
  "qyapi_addresslist_search",
  "Contact.Common.Read",
  "fieldMobile",
  "fieldEmail",
] as const;

const permissionSchema = z.enum(allPermissions);
export type Permission = z.output<typeof permissionSchema>;

export function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

const loopbackUrl = z.url().refine(isLoopback, "only a loopback address");

const bridgeFailureSchema = z.object({ errorCode: z.union([z.string(), z.number()]), errorMessage: z.string() });

const webviewSchema = z.strictObject({
  bridge: z.enum(["ready", "late", "never", "silent"]).default("ready"),
  supportV2: z.boolean().default(true),
  answerDelayMs: z.number().min(0).default(0),
  failure: bridgeFailureSchema.nullable().default(null),
});

export const settingsSchema = z.strictObject({
  latencyMs: z.number().min(0).default(0),
  qpsLimit: z.number().positive().nullable().default(null),
  permissions: z.array(permissionSchema).default([...allPermissions]),
  contactScope: z
    .strictObject({
      departments: z.array(z.number()),
      people: z.array(z.string()).default([]),
      withoutPeople: z.array(z.string()),
    })
    .default({ departments: [1], people: [], withoutPeople: ["user0016"] }),
  ipWhitelist: z.array(z.string()).nullable().default(null),
  tokenLifeSeconds: z.number().positive().default(7200),
  refreshLifeSeconds: z.number().positive().default(2_592_000),
  codeLifeSeconds: z.number().positive().default(300),
  qrLifeSeconds: z.number().positive().default(180),
  longPollMs: z.number().min(0).default(5000),
  clockOffsetSeconds: z.number().default(0),
  errcodeAsString: z.boolean().default(false),
  legacyUserGet: z.boolean().default(true),
  redirectWhitelist: z.array(z.url()).nullable().default(null),
  codeParameter: z.enum(["both", "authCode", "code"]).default("both"),
  loginRefusesOutsiders: z.boolean().default(false),
  keepLogin: z.boolean().default(true),
  frameNoise: z.array(z.enum(["foreign", "repeated", "forged"])).default([]),
  homePath: z.string().startsWith("/").default("/"),
  callbackUrl: loopbackUrl.nullable().default(null),
  callbackToken: z.string().default("sandbox-callback-token"),
  callbackAesKey: z.string().length(43).default("sandboxsandboxsandboxsandboxsandboxsandbox0"),
  push: pushSchema.default(pushSchema.parse({})),
  stream: streamSchema.default(streamSchema.parse({})),
  webview: webviewSchema.default(webviewSchema.parse({})),
});

/** What the control API can change while the sandbox runs. The README explains each setting. */
export type Settings = z.output<typeof settingsSchema>;
export type SettingsPatch = Partial<z.input<typeof settingsSchema>>;

export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}

const groupSchema = z.object({}).loose().optional();
const groupsSchema = z.object({ push: groupSchema, stream: groupSchema, webview: groupSchema });

/** The settings with a patch applied, also within a group; throws a ZodError that names an invalid setting. */
export function patchSettings(settings: Settings, patch: Record<string, unknown>): Settings {
  const { push, stream, webview } = groupsSchema.parse(patch);
  return settingsSchema.parse({
    ...settings,
    ...patch,
    push: { ...settings.push, ...push },
    stream: { ...settings.stream, ...stream },
    webview: { ...settings.webview, ...webview },
  });
}
