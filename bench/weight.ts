import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createBrowser } from "./browser";
import { type Target, type TargetName } from "./targets";

/** Bytes of script after gzip that a desktop browser loads before any interaction with the page. */
export type Weight = { login: number; empty: number; own: number; packages: PackageSearch[] };
/** `isFound`: the package is on the sign-in page. `isSearchable`: the search finds the package where it is known to be. */
export type PackageSearch = { name: string; isFound: boolean; isSearchable: boolean };

/** Texts that survive minification, and a build folder that contains the package, as the control of the search. */
const packages = [
  { name: "dingtalk-jsapi", texts: ["dd_bridge_config", "notInDingTalk"], control: ".next/static" },
  { name: "zod", texts: ["~standard", "invalid_type"], control: ".next/server" },
  { name: "next-auth/react", texts: ["nextauth.message"], control: "bench/baseline/.next/static" },
];

export async function measureWeight({ ours, baseline }: Record<TargetName, Target>): Promise<Weight> {
  const [login, empty] = await Promise.all([fetchScripts(ours, "/login"), fetchScripts(baseline, "/empty")]);
  const size = { login: gzippedBytes(login), empty: gzippedBytes(empty) };
  const searches = packages.map((searched) => search(searched, login));
  return { ...size, own: size.login - size.empty, packages: searches };
}

/** Fetches every script that the page's HTML names, in a tag or in React's data, except scripts for old browsers. */
async function fetchScripts(app: Target, page: string): Promise<string[]> {
  const browser = createBrowser(app.url);
  const { status, text } = await browser.get(page);
  if (status !== 200) throw new Error(`${app.name} answered ${status} for ${page}.`);
  const html = text.replaceAll(/<script[^>]*\snomodule[^>]*>/gi, "");
  const names = new Set(html.match(/static\/chunks\/[^"'\\\s?]+\.js/g));
  if (names.size === 0) throw new Error(`${app.name} has no script on ${page}.`);
  return Promise.all([...names].map(async (name) => (await browser.get(`/_next/${name}`)).text));
}

function gzippedBytes(scripts: string[]): number {
  return scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0);
}

function search({ name, texts, control }: (typeof packages)[number], scripts: string[]): PackageSearch {
  const isIn = (searched: string[]) => texts.some((text) => searched.some((script) => script.includes(text)));
  return { name, isFound: isIn(scripts), isSearchable: isIn(readScripts(control)) };
}

function readScripts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return names.map((name) => readFileSync(path.join(folder, name), "utf8"));
}
