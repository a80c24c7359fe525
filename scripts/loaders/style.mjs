import tailwind from "@tailwindcss/postcss";
import postcss from "postcss";

/** Next's bundler calls this for `file.css?bundled`: the style sheet with the classes of its sources, minified. */
export default async function bundleStyle(source) {
  const { css, messages } = await postcss([tailwind({ optimize: true })]).process(source, { from: this.resourcePath });
  for (const { type, file } of messages) if (type === "dependency") this.addDependency(file);
  return css;
}
