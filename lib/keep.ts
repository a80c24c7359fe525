declare global {
  var keptObjects: Map<string, unknown> | undefined;
}

/**
 * A long-lived object: made at the first call, then the same for the whole process. Next reloads modules in development and
 * builds separate graphs for pages and routes, so a variable of a module would be made several times over.
 */
export function keep<T>(name: string, make: () => T): () => T {
  return () => {
    globalThis.keptObjects ??= new Map();
    if (!globalThis.keptObjects.has(name)) globalThis.keptObjects.set(name, make());
    // biome-ignore lint/plugin: only `make` of the same name ever fills this place.
    return globalThis.keptObjects.get(name) as T;
  };
}
