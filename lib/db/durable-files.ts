import { closeSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type InitOptions = Parameters<NodeFS["init"]>[1];

/** A file that Emscripten has open. A directory has a node, but no descriptor of Node. */
type Stream = { nfd?: number; node: unknown };

/**
 * The files of the embedded database on a disk that can be synced. PGlite's own file system has no `fsync`: Emscripten then
 * reports success and does nothing.
 *
 * `onFailure` is called when a sync fails, and when PostgreSQL panics for any other reason. It must end the process before it
 * returns. What a failed sync covered may be lost, and the kernel may report success the next time: only a new start, which
 * recovers from the log, knows what is on disk. PGlite itself ignores a panic and continues in a state that is not defined.
 */
export class DurableFiles extends NodeFS {
  readonly #onFailure: (error: Error) => never;

  constructor(folder: string, onFailure: (error: Error) => never) {
    super(folder);
    this.#onFailure = onFailure;
  }

  override async init(pglite: PGlite, options: InitOptions): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const addSync = ({ NODEFS }: PGlite["Module"]) => {
      NODEFS.stream_ops.fsync = (stream: Stream) => this.#sync(stream.nfd ?? NODEFS.realPath(stream.node));
    };
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [...(emscriptenOpts.preRun ?? []), addSync],
        onAbort: () => this.#onFailure(new Error("PostgreSQL panicked")),
      },
    };
  }

  /** Returns 0, as Emscripten expects. */
  #sync(file: number | string): number {
    try {
      if (typeof file === "number") fsyncSync(file);
      else syncDirectory(file);
      return 0;
    } catch (cause) {
      return this.#onFailure(new Error("a file of the database cannot be synced", { cause }));
    }
  }
}

/** Syncs a folder's files and names, its subfolders' too, and the folder's own name in the folders above it. */
export function syncFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) syncDirectory(path);
    else syncFile(path);
  }
  syncDirectory(folder);
  syncName(folder);
}

/** Syncs the name of a file or a folder in its folder, and that one's name, up to the root. */
export function syncName(path: string): void {
  const parent = dirname(path);
  if (parent === path) return;
  try {
    syncDirectory(parent);
  } catch (error) {
    // A folder that this user may not read is the administrator's, and older than the database.
    if (isRefusal(error)) return;
    throw error;
  }
  syncName(parent);
}

/** Opened for writing, because Windows syncs no other file. */
function syncFile(path: string): void {
  const fd = openSync(path, "r+");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Windows has no directories that can be opened: there the file system writes names to its journal. */
function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}
