import { PGlite } from "@electric-sql/pglite";

// Creates the files of an empty embedded database in the folder that is given. lib/db/data-folder.ts runs this.
const [folder] = process.argv.slice(2);
await (await PGlite.create({ dataDir: folder })).close();
