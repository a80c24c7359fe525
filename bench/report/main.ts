import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readRuns } from "../runs";
import { drawPlots, fillDocument } from "./document";

const document = "docs/benchmark.md";
const images = "docs/images";

const runs = readRuns();
writeFileSync(document, fillDocument(readFileSync(document, "utf8"), runs));
for (const [name, plot] of Object.entries(drawPlots(runs))) writeFileSync(path.join(images, name), plot);
console.log(`${document} and its plots show ${runs.length} runs.`);
