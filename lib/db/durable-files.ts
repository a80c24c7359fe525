import { fsyncSync } from "node:fs";
import { type PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { syncDirectory } from "./sync";

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
