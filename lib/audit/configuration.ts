import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { db, openDatabase } from "../db/client";
import { type ConfigurationError, type DatabaseSettings } from "../env";
import { recordEvent } from "./events";

/**
 * Records that the app did not start, with the names of the settings at fault and none of their values. Does nothing where
 * there is no database yet; throws when it cannot be opened. (S37)
 */
export async function recordConfigurationError(error: ConfigurationError, settings: DatabaseSettings): Promise<void> {
  if (!hasDatabase(settings)) return;
  const { close } = await openDatabase(settings);
  const reason = error.problems.map((problem) => problem.split(":")[0]).join(", ");
  await recordEvent(db, { kind: "configuration_refused", corpId: settings.DINGTALK_CORP_ID, reason, client: null });
  await close();
}

/** Opening the embedded database would create it, which takes longer than anyone waits for an error message. */
function hasDatabase({ DATABASE_URL, DATA_DIR }: DatabaseSettings): boolean {
  return DATABASE_URL !== null || existsSync(resolve(/* turbopackIgnore: true */ process.cwd(), DATA_DIR, "db"));
}
