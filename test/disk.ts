import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import {
  changeNames,
  createFile,
  createFolder,
  type Entry,
  type Folder,
  type Random,
  saveContent,
  saveNames,
  survive,
} from "./disk-model";

export type Disk = {
  /** Called before each call that is watched, with the name of the function. */
  beforeChange: (call: string) => void;
  /** Copies to a new folder what would be found below the root after a power cut now. */
  cutPower: (target: string, random: Random | null) => void;
  /** Ends the recording. */
  release: () => void;
};

/** What a call does to the model, when it has succeeded. */
type Note = (result: unknown) => void;

/**
 * Watches a folder as a disk that can lose power: it records the calls of Node's synchronous file functions below `root`,
 * with which PGlite and lib/db/durable-files.ts write. `scratch` is another folder, for copies.
 *
 * The model is the least that journaling file systems (ext4, XFS, APFS) promise. A file's content is on disk when the file
 * was synced. A name that was created, replaced or removed is on disk when its folder was synced, and the name of a new file
 * also when that file was. Of everything else a power cut leaves what it likes: any sector of a file, and of the changes in
 * a folder the first ones.
 */
export function watchDisk(root: string, scratch: string): Disk {
  const top = createFolder({ parent: null, name: "" });
  const original = { ...fs };
  const opened = new Map<unknown, Entry | null>();
  let files = 0;

  function pathOf({ parent, name }: Entry): string {
    return parent ? path.join(pathOf(parent), name) : root;
  }
  function isBelow(file: unknown): boolean {
    const found = path.resolve(String(file));
    return found === root || found.startsWith(root + path.sep);
  }
  function find(file: unknown): Entry | null {
    const names = path.relative(root, path.resolve(String(file))).split(path.sep);
    return names.reduce<Entry | null>((entry, name) => (name ? findIn(entry, name) : entry), top);
  }
  /** Another process creates files too; they are new when they are first met. */
  function findIn(folder: Entry | null, name: string): Entry | null {
    if (folder?.kind !== "folder") return null;
    const known = folder.names.get(name);
    const stats = original.lstatSync(path.join(pathOf(folder), name), { throwIfNoEntry: false });
    return known || !stats ? (known ?? null) : add(folder, name, stats.isDirectory());
  }
  function add(parent: Folder, name: string, isFolder: boolean): Entry {
    files += 1;
    const place = { parent, name };
    const entry = isFolder ? createFolder(place) : createFile(place, path.join(scratch, String(files)));
    changeNames(parent, [[name, entry]]);
    return entry;
  }
  function change(file: unknown, names: [unknown, Entry | null][]): void {
    const folder = find(path.dirname(String(file)));
    if (folder?.kind !== "folder") return;
    changeNames(
      folder,
      names.map(([name, entry]) => [path.basename(String(name)), entry]),
    );
  }
  function soil(entry: Entry | null | undefined, from: unknown = 0, length: unknown = Number.POSITIVE_INFINITY): void {
    if (entry?.kind === "file") entry.dirty.push({ from: Number(from), to: Number(from) + Number(length) });
  }
  function sync(entry: Entry | null | undefined): void {
    if (entry?.kind === "file" && entry.parent) saveContent(entry, pathOf(entry));
    if (entry?.kind !== "folder") return;
    for (const name of original.readdirSync(pathOf(entry))) findIn(entry, name);
    saveNames(entry);
  }
  const notes: Partial<Record<keyof typeof fs, (...args: unknown[]) => Note>> = {
    openSync: (file, flags) => (fd) => {
      opened.set(fd, find(file));
      if (flags === "w" || (Number(flags) & fs.constants.O_TRUNC) !== 0) soil(find(file));
    },
    closeSync: (fd) => () => opened.delete(fd),
    writeSync:
      (fd, ...rest) =>
      () =>
        soil(opened.get(fd), rest[3], rest[2]),
    writeFileSync: (file) => () => soil(find(file)),
    ftruncateSync: (fd, length) => () => soil(opened.get(fd), length),
    truncateSync: (file, length) => () => soil(find(file), length),
    fsyncSync: (fd) => () => sync(opened.get(fd)),
    mkdirSync: (file) => () => find(file),
    unlinkSync: (file) => () => change(file, [[file, null]]),
    rmdirSync: (file) => () => change(file, [[file, null]]),
    renameSync(from, to) {
      const entry = find(from);
      return () =>
        change(from, [
          [from, null],
          [to, entry],
        ]);
    },
  };
  const disk: Disk = {
    beforeChange: () => {},
    cutPower: (target, random) => survive(top, { target, pathOf, random }),
    release: () => replace(Object.fromEntries(Object.keys(notes).map((name) => [name, Object(original)[name]]))),
  };
  replace(Object.fromEntries(Object.entries(notes).map(([name, note]) => [name, watch(name, note)])));

  function watch(name: string, note: (...args: unknown[]) => Note) {
    // Nothing is synced in fact: the disk of the machine that runs the test plays no part.
    const run = name === "fsyncSync" ? () => {} : Object(original)[name];
    return (...args: unknown[]) => {
      const isOurs = typeof args[0] === "number" ? opened.has(args[0]) : isBelow(args[0]);
      if (!isOurs) return run(...args);
      disk.beforeChange(name);
      const done = note(...args);
      const result = run(...args);
      done(result);
      return result;
    };
  }
  return disk;
}

/** Both for `require("fs")`, which PGlite uses, and for imports. */
function replace(functions: Partial<typeof fs>): void {
  Object.assign(fs, functions);
  syncBuiltinESMExports();
}
