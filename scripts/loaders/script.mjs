import { readFileSync } from "node:fs";
import { build } from "esbuild";

const { browserslist } = JSON.parse(readFileSync("package.json", "utf8"));
const target = browserslist.map((browser) => browser.replace("ios_saf", "ios").replace(" ", ""));

/** Next's bundler calls this for `file.ts?bundled`: the file as one module for browsers, with all that it imports. */
export default async function bundleScript() {
  const options = { bundle: true, minify: true, format: "esm", target, write: false, metafile: true };
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [this.resourcePath] });
  for (const file of Object.keys(metafile.inputs)) this.addDependency(`${process.cwd()}/${file}`);
  return outputFiles[0].text;
}
