import { createRequire } from "node:module";
import { cookies, headers } from "./next-headers";
import "./no-network";

// Outside Next there is no request to read. next-auth asks for this module by `require`, so it is changed in place.
Object.assign(createRequire(import.meta.url)("next/headers"), { cookies, headers });
