import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createBrowser } from "./browser";
import { type Contestant, type Name } from "./contestants";

/** Bytes of script after gzip that a desktop browser loads before anybody touches the page. */
export type Weight = { login: number; empty: number; own: number; strangers: Stranger[] };
/** `isFound` tells of the sign-in page; `isProven`, whether the search finds the package where it is known to be. */
export type Stranger = { name: string; isFound: boolean; isProven: boolean };

/** Texts that survive minifying, and a built place that holds the package: a search that cannot succeed proves nothing. */
const strangers = [
  { name: "dingtalk-jsapi", texts: ["dd_bridge_config", "notInDingTalk"], control: ".next/static" },
  { name: "zod", texts: ["~standard", "invalid_type"], control: ".next/server" },
  { name: "next-auth/react", texts: ["nextauth.message"], control: "bench/baseline/.next/static" },
];

export async function weigh({ ours, baseline }: Record<Name, Contestant>): Promise<Weight> {
  const [login, empty] = await Promise.all([fetchScripts(ours, "/login"), fetchScripts(baseline, "/empty")]);
  const size = { login: gzippedBytes(login), empty: gzippedBytes(empty) };
  return { ...size, own: size.login - size.empty, strangers: strangers.map((stranger) => search(stranger, login)) };
}

/** Every script that the page's HTML names, in a tag or in the data for React; what is only for old browsers is left out. */
async function fetchScripts(app: Contestant, page: string): Promise<string[]> {
  const browser = createBrowser(app.url);
  const { status, text } = await browser.get(page);
  if (status !== 200) throw new Error(`${app.name} answered ${status} for ${page}.`);
  const html = text.replaceAll(/<script[^>]*\snomodule[^>]*>/gi, "");
  const names = new Set(html.match(/static\/chunks\/[^"'\\\s?]+\.js/g));
  if (names.size === 0) throw new Error(`${app.name} names no script on ${page}.`);
  return Promise.all([...names].map(async (name) => (await browser.get(`/_next/${name}`)).text));
}

function gzippedBytes(scripts: string[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0);
}

function search({ name, texts, control }: (typeof strangers)[number], scripts: string[]): Stranger {
  const isIn = (place: string[]) => texts.some((text) => place.some((script) => script.includes(text)));
  return { name, isFound: isIn(scripts), isProven: isIn(readScripts(control)) };
}

function readScripts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return names.map((name) => readFileSync(path.join(folder, name), "utf8"));
}
