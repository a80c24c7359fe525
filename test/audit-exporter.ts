import { setTimeout as pause } from "node:timers/promises";
import { recordEvent } from "../lib/audit/events";
import { exportNew } from "../lib/audit/export";
import { db, openDatabase } from "../lib/db/client";
import { ownCorpId } from "../lib/services";

/** A process that records events and exports them until it is killed. It prints the reason of each event that was committed. */
const [mark, count] = process.argv.slice(2);

await openDatabase();
const exporting = (async () => {
  for (;;) {
    await exportNew();
    await pause(5);
  }
})();
for (let done = 0; done < Number(count); done += 1) {
  const reason = `${mark} ${done}`;
  await recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), reason, client: null });
  process.stdout.write(`${reason}\n`);
  await pause(3);
}
await exportNew();
void exporting;
process.exit(0);
