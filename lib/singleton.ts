declare global {
  var singletons: Map<string, unknown> | undefined;
}

/**
 * A long-lived object: made at the first call, then the same for the whole process. Next reloads modules in development and
 * builds separate graphs for pages and routes, so a variable of a module would be made several times over.
 */
export function singleton<T>(name: string, make: () => T): () => T {
  return () => {
    globalThis.singletons ??= new Map();
    if (!globalThis.singletons.has(name)) globalThis.singletons.set(name, make());
    // biome-ignore lint/plugin: only `make` of the same name ever fills this place.
    return globalThis.singletons.get(name) as T;
  };
}
