/**
 * Loaded into a server before its own code: whenever the parent asks, tells the CPU time that the whole process has used, in
 * microseconds. A server whose parent is gone ends, so that no run leaves one behind.
 */
process.on("message", () => process.send?.(process.cpuUsage()));
process.on("disconnect", () => process.exit());
