import fs from "node:fs";
import path from "node:path";

/** Returns a number from 0 to below 1. */
export type Random = () => number;

type Place = { parent: Folder | null; name: string };
/** `names` is what programs see, `onDisk` what was synced, `pending` the changes since. */
export type Folder = Place & { kind: "folder"; names: Names; onDisk: Names; pending: Change[] };
/** `saved` is a copy of the content that was synced last; `dirty` are the bytes that were written since. */
export type File = Place & { kind: "file"; isNew: boolean; saved: string; dirty: Span[] };
export type Entry = Folder | File;
type Names = Map<string, Entry>;
/** The names that change together: two for a renamed file. Null removes a name. */
type Change = [name: string, entry: Entry | null][];
type Span = { from: number; to: number };

/** The unit that a disk writes as a whole. */
const sectorBytes = 512;

export function createFolder(place: Place): Folder {
  return { ...place, kind: "folder", names: new Map(), onDisk: new Map(), pending: [] };
}

export function createFile(place: Place, saved: string): File {
  fs.writeFileSync(saved, "");
  return { ...place, kind: "file", isNew: true, saved, dirty: [{ from: 0, to: Number.POSITIVE_INFINITY }] };
}

/** Changes names in a folder, all of them or none. The change is on disk after `saveNames`. */
export function changeNames(folder: Folder, change: Change): void {
  for (const [name] of change) {
    const former = folder.names.get(name);
    if (former) former.parent = null;
  }
  for (const [name, entry] of change) if (entry) Object.assign(entry, { parent: folder, name });
  apply(folder.names, change);
  folder.pending.push(change);
}

function apply(names: Names, change: Change): void {
  for (const [name, entry] of change) {
    if (entry) names.set(name, entry);
    else names.delete(name);
  }
}

/** What syncing a folder does. */
export function saveNames(folder: Folder): void {
  folder.onDisk = new Map(folder.names);
  folder.pending = [];
  for (const entry of folder.names.values()) if (entry.kind === "file") entry.isNew = false;
}

/** What syncing a file does: its content is saved, and the name of a new file too. */
export function saveContent(file: File, realPath: string): void {
  copySpans(file.dirty, { from: realPath, to: file.saved });
  fs.truncateSync(file.saved, fs.statSync(realPath).size);
  file.dirty = [];
  if (file.isNew && file.parent) file.parent.onDisk.set(file.name, file);
  file.isNew = false;
}

export type Survival = { target: string; pathOf: (entry: Entry) => string; random: Random | null };

/** Writes to `target` what is found of a folder after a power cut: what was synced, and with `random` parts of the rest. */
export function survive(folder: Folder, { target, pathOf, random }: Survival): void {
  fs.mkdirSync(target, { mode: 0o700 });
  const names = new Map(folder.onDisk);
  const survivors = random ? Math.floor(random() * (folder.pending.length + 1)) : 0;
  for (const change of folder.pending.slice(0, survivors)) apply(names, change);
  for (const [name, entry] of names) {
    const survival = { target: path.join(target, name), pathOf, random };
    if (entry.kind === "folder") survive(entry, survival);
    else surviveFile(entry, survival);
  }
}

function surviveFile(file: File, { target, pathOf, random }: Survival): void {
  fs.copyFileSync(file.saved, target);
  // What was written to a file whose name is gone cannot be read any more, and no database reads it either.
  if (!random || !file.parent) return;
  const from = pathOf(file);
  const { size } = fs.statSync(from);
  const sectors = file.dirty.flatMap((span) => sectorsOf(span, size));
  copySpans(
    sectors.filter(() => random() < 0.5),
    { from, to: target },
  );
}

function sectorsOf({ from, to }: Span, size: number): Span[] {
  const first = Math.floor(from / sectorBytes);
  const end = Math.ceil(Math.min(to, size) / sectorBytes);
  const numbers = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  return numbers.map((number) => ({ from: number * sectorBytes, to: (number + 1) * sectorBytes }));
}

function copySpans(spans: Span[], { from, to }: { from: string; to: string }): void {
  const [source, target] = [fs.openSync(from, "r"), fs.openSync(to, "r+")];
  const { size } = fs.fstatSync(source);
  for (const span of spans) {
    const content = Buffer.alloc(Math.max(0, Math.min(span.to, size) - span.from));
    fs.readSync(source, content, 0, content.length, span.from);
    fs.writeSync(target, content, 0, content.length, span.from);
  }
  fs.closeSync(source);
  fs.closeSync(target);
}
