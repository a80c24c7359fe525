/** The named field of a value from outside: a parsed JSON body, a posted message, a rejection. Undefined where it has none. */
export function readField(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && hasField(value, name) ? value[name] : undefined;
}

/** The named field where it must be a text; throws when it is not. */
export function readTextField(body: unknown, name: string): string {
  const value = readField(body, name);
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}

/** Claims what `in` checks, which TypeScript narrows by itself only for a literal name. */
function hasField<Name extends string>(value: object, name: Name): value is Record<Name, unknown> {
  return name in value;
}
