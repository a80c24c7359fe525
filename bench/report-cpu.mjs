import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Loaded into a server before its own code: whenever the parent asks, tells the CPU time that the whole process has used, in
 * microseconds, or, after a collection, the memory that it holds, in bytes. A server whose parent is gone ends, so that no
 * run leaves one behind.
 */
process.on("message", (asked) => process.send?.(asked === "memory" ? measureMemory() : process.cpuUsage()));
process.on("disconnect", () => process.exit());

function measureMemory() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return { rss: process.memoryUsage.rss() };
}
