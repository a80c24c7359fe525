import { Hono } from "hono";
import { z } from "zod";
import { addCompanyRoutes } from "./control/company";
import { addEventRoutes } from "./control/events";
import { errorResponse, noContent, readJson, requirePerson } from "./control/request";
import { plannedFaultSchema } from "./faults/plan";
import { jsonResponse, type SandboxApp } from "./http";
import { corpOf, mintCode, revokeTokens } from "./identity/credentials";
import { patchSettings } from "./settings";
import { resetStore, type Store } from "./store";

/** A one-time code that a test asks for. */
const codeOrderSchema = z.strictObject({
  kind: z.enum(["auth", "silent", "sns"]),
  userid: z.string(),
  clientId: z.string().optional(),
  corpId: z.string().optional(),
  scope: z.string().default("openid"),
});

export type CodeOrderInput = z.input<typeof codeOrderSchema>;

/** The control API under /_sandbox, for tests and for people who explore the app. */
export function createControl(store: Store): SandboxApp {
  const control: SandboxApp = new Hono();
  control.post("/reset", () => {
    resetStore(store);
    return noContent();
  });
  control.post("/codes", async (c) => jsonResponse(mintOrderedCode(store, await readJson(c))));
  control.post("/faults", async (c) => {
    store.faults.push(plannedFaultSchema.parse(await readJson(c)));
    return noContent();
  });
  control.delete("/faults", () => {
    store.faults = [];
    return noContent();
  });
  control.get("/settings", () => jsonResponse(store.settings));
  control.patch("/settings", async (c) => jsonResponse(changeSettings(store, await readJson(c))));
  control.get("/messages", () => jsonResponse(store.messages));
  addCallRoutes(control, store);
  addCompanyRoutes(control, store);
  addEventRoutes(control, store);
  control.onError(errorResponse);
  return control;
}

function addCallRoutes(control: SandboxApp, store: Store): void {
  control.get("/calls", (c) => {
    const path = c.req.query("path");
    return jsonResponse(store.calls.filter((call) => !path || call.path === path));
  });
  control.delete("/calls", () => {
    store.calls = [];
    return noContent();
  });
}

function mintOrderedCode(store: Store, order: unknown) {
  const { userid, ...terms } = codeOrderSchema.parse(order);
  const person = requirePerson(store, userid);
  const { clientId = store.options.clientId, corpId = corpOf(store, person) } = terms;
  return { code: mintCode(store, person, { ...terms, clientId, corpId }) };
}

function changeSettings(store: Store, patch: Record<string, unknown>) {
  const { revokeTokens: isRevoking, ...rest } = patch;
  if (z.boolean().optional().parse(isRevoking)) revokeTokens(store);
  store.settings = patchSettings(store.settings, rest);
  return store.settings;
}
