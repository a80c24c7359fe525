import { fileURLToPath } from "node:url";

/** The packages are in the project's root folder, two levels up. @type {import("next").NextConfig} */
export default { turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) } };
