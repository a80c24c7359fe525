/** A text with forms by number: `one` is for exactly 1, where the language distinguishes it. */
type Plural = { one?: string; other: string };

/** A text in which `{name}` stands for a value. */
export type Template = string | Plural;

/**
 * What a dictionary holds when the given one was written first: the same texts under the same keys, and for a text with
 * forms by number those that its own language needs.
 */
export type Translation<Text> = Text extends { other: string }
  ? Plural
  : Text extends object
    ? { [Key in keyof Text]: Translation<Text[Key]> }
    : Text;

/** Puts values into a text of the dictionary, on the server and in client components. `count` chooses between its forms. */
export function fill(template: Template, values: Record<string, string | number>): string {
  const text = typeof template === "string" ? template : chooseForm(template, values.count);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

function chooseForm({ one, other }: Plural, count: string | number | undefined): string {
  return count === 1 && one !== undefined ? one : other;
}
