import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createBrowser } from "./browser";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { startBaseline, startOurs, type Target } from "./targets";

/** Texts that survive minification, and a build folder that contains the package, as the control of the search. */
const packages = [
  { name: "dingtalk-jsapi", texts: ["dd_bridge_config", "notInDingTalk"], control: ".next/server" },
  { name: "zod", texts: ["~standard", "invalid_type"], control: ".next/server" },
  { name: "next-auth/react", texts: ["nextauth.message"], control: "bench/baseline/.next/static" },
];

/** Measures the script, after gzip, that a desktop browser loads before any interaction, less that of an empty page of Next. */
export async function measureWeight({ options }: Setup): Promise<Figures> {
  const [ours, baseline] = [await startOurs(options), await startBaseline(options)];
  const [login, empty] = await Promise.all([fetchScripts(ours, "/login"), fetchScripts(baseline, "/empty")]);
  await Promise.all([ours.stop(), baseline.stop()]);
  const kilobytes = (scripts: string[]) => gzippedBytes(scripts) / 1024;
  const unwanted = packages.filter((searched) => isOn(searched, login)).map(({ name }) => name);
  const note = `${kilobytes(login).toFixed(1)} KB on /login, ${kilobytes(empty).toFixed(1)} KB on an empty page`;
  return {
    "weight.own": { value: kilobytes(login) - kilobytes(empty), note },
    "weight.unwanted": { value: unwanted.length, note: unwanted.join(", ") || undefined },
  };
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

/** A search that finds the package nowhere would prove nothing, so it has to find it where it is known to be. */
function isOn({ name, texts, control }: (typeof packages)[number], scripts: string[]): boolean {
  const isIn = (searched: string[]) => texts.some((text) => searched.some((script) => script.includes(text)));
  if (!isIn(readScripts(control))) throw new Error(`The search for ${name} does not find it in ${control}.`);
  return isIn(scripts);
}

function readScripts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return names.map((name) => readFileSync(path.join(folder, name), "utf8"));
}
