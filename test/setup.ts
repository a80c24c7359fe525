import { createRequire } from "node:module";
import { cookies, headers } from "./next-headers";
import "./no-network";

// Outside Next there is no request. next-auth loads this module with `require`, so its exports are replaced in place.
Object.assign(createRequire(import.meta.url)("next/headers"), { cookies, headers });
