import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const roots = ["app", "components", "lib", "sandbox"];
const isSource = (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file);

const files = roots.flatMap((root) =>
  readdirSync(root, { recursive: true }).map((name) => slashed(path.join(root, name))),
);
const texts = new Map(files.filter(isSource).map((file) => [file, readFileSync(file, "utf8")]));
const imports = new Map([...texts.keys()].map((file) => [file, importsOf(file)]));

const fileCycles = findCycles(imports);
const folderCycles = findCycles(foldersOfLib());
for (const cycle of [...fileCycles, ...folderCycles]) console.error(`Import cycle: ${cycle.join(" → ")}`);
console.log(
  JSON.stringify({ ...fileFigures(), ...(await functionFigures()), cycles: fileCycles.length + folderCycles.length }),
);
process.exitCode = fileCycles.length + folderCycles.length === 0 ? 0 : 1;

function slashed(file) {
  return file.split(path.sep).join("/");
}

/** The source files that a file imports, types included. */
function importsOf(file) {
  const specifiers = [...texts.get(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]);
  return specifiers.map((specifier) => resolve(file, specifier)).filter(Boolean);
}

function resolve(from, specifier) {
  if (!/^(@\/|\.)/.test(specifier)) return undefined;
  const base = specifier.startsWith("@/") ? specifier.slice(2) : slashed(path.join(path.dirname(from), specifier));
  return [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`].find((file) => texts.has(file));
}

/** The parts of lib, a folder or a file at its top, and which parts each imports. */
function foldersOfLib() {
  const partOf = (file) => file.split("/").slice(0, 2).join("/");
  const parts = new Map();
  for (const [file, imported] of imports) {
    if (!file.startsWith("lib/")) continue;
    const part = partOf(file);
    const others = imported.filter((one) => one.startsWith("lib/") && partOf(one) !== part).map(partOf);
    parts.set(part, [...new Set([...(parts.get(part) ?? []), ...others])]);
  }
  return parts;
}

/** Every group of nodes that reach each other, each as one closed path. */
function findCycles(graph) {
  const cycles = [];
  const done = new Set();
  for (const start of graph.keys()) {
    if (done.has(start)) continue;
    const back = pathBetween(graph, start, start);
    if (!back) continue;
    cycles.push(back);
    for (const node of back) done.add(node);
  }
  return cycles;
}

/** The shortest way from one node to another, both included; undefined when there is none. */
function pathBetween(graph, from, to) {
  const queue = (graph.get(from) ?? []).map((next) => [from, next]);
  const seen = new Set();
  for (const route of queue) {
    const last = route.at(-1);
    if (last === to) return route;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of graph.get(last) ?? []) queue.push([...route, next]);
  }
  return undefined;
}

function fileFigures() {
  const lines = [...texts.values()].map((text) => text.split("\n").length - 1).sort((a, b) => a - b);
  const small = [...texts].filter(([file, text]) => !file.startsWith("app/") && text.split("\n").length <= 25);
  const total = lines.reduce((sum, count) => sum + count, 0);
  return { files: lines.length, lines: total, ...quantiles("file", lines), small: small.length };
}

/** Lengths of functions that have a name; the parser comes with knip and needs Node 20.19. */
async function functionFigures() {
  if (!existsSync("node_modules/oxc-parser")) return {};
  try {
    const { parseSync, Visitor } = await import("oxc-parser");
    const lengths = [];
    for (const [file, text] of texts) {
      const count = ({ start, end }) => lengths.push(text.slice(start, end).split("\n").length);
      const visitor = new Visitor({
        FunctionDeclaration: count,
        VariableDeclarator: ({ init }) => /Function/.test(init?.type ?? "") && count(init),
        Property: ({ value }) => value.type === "FunctionExpression" && count(value),
      });
      visitor.visit(parseSync(file, text).program);
    }
    lengths.sort((a, b) => a - b);
    return { functions: lengths.length, ...quantiles("function", lengths) };
  } catch {
    return {};
  }
}

function quantiles(name, sorted) {
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  return { [`${name}Median`]: at(0.5), [`${name}P90`]: at(0.9), [`${name}Max`]: sorted.at(-1) };
}
