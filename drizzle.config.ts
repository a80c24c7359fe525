import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./lib/db/schema.ts",
    "./lib/db/audit-schema.ts",
    "./lib/db/events-schema.ts",
    "./lib/db/expiring-schema.ts",
    "./lib/db/sync-schema.ts",
    "./lib/db/statistics-schema.ts",
  ],
  out: "./lib/db/migrations",
});
