declare global {
  var singletons: Map<string, unknown> | undefined;
}

/**
 * A long-lived object: created at the first call, then the same for the whole process. Next reloads modules in development
 * and bundles pages and routes separately, so a module's own variable would exist several times.
 */
export function singleton<T>(name: string, create: () => T): () => T {
  return () => {
    globalThis.singletons ??= new Map();
    if (!globalThis.singletons.has(name)) globalThis.singletons.set(name, create());
    // biome-ignore lint/plugin: only `create` of the same name ever fills this entry.
    return globalThis.singletons.get(name) as T;
  };
}
