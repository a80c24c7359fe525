import { fileURLToPath } from "node:url";

/** The packages are the project's own, two folders up. @type {import("next").NextConfig} */
export default { turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) } };
