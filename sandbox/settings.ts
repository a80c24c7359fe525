import { z } from "zod";

/** Every permission of the console that this sandbox knows. `field…` are the two that only add fields to an answer. */
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
  "fieldMobile",
  "fieldEmail",
] as const;

const permissionSchema = z.enum(allPermissions);
export type Permission = z.output<typeof permissionSchema>;

const loopbackUrl = z
  .url()
  .refine((value) => ["localhost", "127.0.0.1", "[::1]"].includes(new URL(value).hostname), "only a loopback address");

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
    .strictObject({ departments: z.array(z.number()), withoutPeople: z.array(z.string()) })
    .default({ departments: [1], withoutPeople: ["user0016"] }),
  ipWhitelist: z.array(z.string()).nullable().default(null),
  tokenLifeSeconds: z.number().positive().default(7200),
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
  webview: webviewSchema.default(webviewSchema.parse({})),
});

/** What the control API may change while the sandbox runs; the README explains each. */
export type Settings = z.output<typeof settingsSchema>;
export type SettingsPatch = Partial<Omit<z.input<typeof settingsSchema>, "webview">> & {
  webview?: z.input<typeof webviewSchema>;
};

export function defaultSettings(): Settings {
  return settingsSchema.parse({});
}

/** The settings with a patch laid over them; a ZodError names what does not fit. */
export function patchSettings(settings: Settings, patch: Record<string, unknown>): Settings {
  const webview = { ...settings.webview, ...z.object({}).loose().optional().parse(patch.webview) };
  return settingsSchema.parse({ ...settings, ...patch, webview });
}
