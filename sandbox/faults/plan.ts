import { type Store } from "../store";
import { type Fault } from "./schema";

/** The fault planned for this path, if any; each call uses up one of its times. */
export function takeFault(store: Store, path: string): Fault | null {
  const planned = store.faults.find((one) => matches(one.path, path));
  if (!planned) return null;
  planned.times -= 1;
  if (planned.times === 0) store.faults = store.faults.filter((one) => one !== planned);
  return planned.fault;
}

function matches(pattern: string, path: string): boolean {
  if (pattern.endsWith("*")) return path.startsWith(pattern.slice(0, -1));
  return pattern === path;
}
