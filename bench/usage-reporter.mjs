import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Loaded into a server before its own code. It answers the parent's messages: "cpu" with the CPU time of the whole process in
 * microseconds, "memory" with its memory in bytes after a garbage collection. The server ends with its parent.
 */
process.on("message", (message) => process.send?.(message === "memory" ? measureMemory() : process.cpuUsage()));
process.on("disconnect", () => process.exit());

function measureMemory() {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return { rss: process.memoryUsage.rss() };
}
