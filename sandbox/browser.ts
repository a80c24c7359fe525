import { readFileSync } from "node:fs";

type BrowserFile = "bridge-native.js" | "bridge-clients.js" | "frame.js" | "qr-panel.js" | "base.css" | "parts.css";

const texts = new Map<BrowserFile, string>();

/** The text of a file in browser/. Pages contain these scripts and styles inline, without a build step. */
export function browserFile(name: BrowserFile): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./browser/${name}`, import.meta.url), "utf8");
  texts.set(name, text);
  return text;
}

/** JSON that is safe inside a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
