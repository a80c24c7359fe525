import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const optionsSchema = z.object({
  port: port.default(3100),
  webviewPort: port.default(3101),
  appUrl: z.url().default("http://localhost:3000"),
  clientId: z.string().default("dingsandbox0client0001"),
  clientSecret: z.string().default("sandbox-secret-not-for-production-0001"),
  corpId: z.string().default("dingsandbox0corp00000001"),
  agentId: z.number().default(1_000_001),
});

/** Where the sandbox listens and the one app that is registered in its console. */
export type SandboxOptions = z.output<typeof optionsSchema>;

/** Fills in what is not given; throws a readable error on a value that cannot be right. */
export function readOptions(given: z.input<typeof optionsSchema> = {}): SandboxOptions {
  return optionsSchema.parse(given);
}

/** The same from the environment, where an empty variable counts as absent. */
export function readEnvironment(env: Record<string, string | undefined>): SandboxOptions {
  return readOptions({
    port: env.SANDBOX_PORT || undefined,
    webviewPort: env.WEBVIEW_PORT || undefined,
    appUrl: env.APP_URL || undefined,
    clientId: env.DINGTALK_CLIENT_ID || undefined,
    clientSecret: env.DINGTALK_CLIENT_SECRET || undefined,
    corpId: env.DINGTALK_CORP_ID || undefined,
  });
}
