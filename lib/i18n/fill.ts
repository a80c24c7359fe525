/** A text with `{name}` where a value goes; by plural category where the number decides the wording. */
export type Template = string | { one?: string; other: string };

/** Fills values into a text of the dictionary, for server and client components alike. A plural is chosen by `count`. */
export function fill(template: Template, values: Record<string, string | number>): string {
  const text = typeof template === "string" ? template : plural(template, values.count);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function plural({ one, other }: Exclude<Template, string>, count: string | number | undefined): string {
  return count === 1 && one !== undefined ? one : other;
}
