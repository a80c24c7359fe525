// biome-ignore lint/plugin: only the type; nothing is fetched.
import { type Server } from "node:http";

/** What scripts/serve.mjs hands over: its server, and a function that waits for what Next does after responses. */
type OwnServer = { server: Server; finishBackgroundWork: () => Promise<void> };

declare global {
  var productionServer: OwnServer | undefined;
}

/** The server that answers in production; null where `next dev` has its own. */
export function ownServer(): OwnServer | null {
  return globalThis.productionServer ?? null;
}
