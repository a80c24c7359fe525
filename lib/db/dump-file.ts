import { once } from "node:events";
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { type Db } from "./database";
import { dumpDatabase } from "./dump";
import { headerSchema } from "./load";
import { syncFile, syncName } from "./sync";

/** Dumps into a new file, which only this user can read, and syncs it. Throws when the file exists; leaves none after an error. */
export async function writeDumpFile(db: Db, file: string): Promise<void> {
  const gzip = createGzip();
  const output = createWriteStream(file, { flags: "wx", mode: 0o600 });
  await once(output, "open");
  const written = pipeline(gzip, output);
  try {
    const dumped = dumpDatabase(db, async (line) => {
      if (!gzip.write(`${line}\n`)) await once(gzip, "drain");
    });
    // A full disk ends the pipeline first, and `drain` never comes.
    await Promise.race([dumped, written]);
    gzip.end();
    await written;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  syncFile(file);
  syncName(file);
}

/** The lines of a dump. Throws when the file is missing or damaged. */
export async function* readDumpFile(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const content = source.pipe(createGunzip());
  source.once("error", (error) => content.destroy(error));
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const part of content) {
      const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } finally {
    source.destroy();
  }
}

/** The hashes of the migrations that made the tables of a dump. */
export async function readDumpMigrations(file: string): Promise<string[]> {
  for await (const line of readDumpFile(file)) {
    if (line.startsWith("dump\t")) return headerSchema.parse(JSON.parse(line.slice(5))).migrations;
    break;
  }
  throw new Error(`${file} is not a dump of this app.`);
}
