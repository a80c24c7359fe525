import { Hono } from "hono";
import { z } from "zod";
import { createCrowd } from "./company/colleagues";
import { type Person } from "./company/people";
import { eventOrderSchema, sendEvent } from "./events/send";
import { plannedFaultSchema } from "./faults/plan";
import { jsonResponse, parseObject, type SandboxApp, type SandboxContext } from "./http";
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

const crowdSchema = z.strictObject({ count: z.number().int().min(1).max(100_000) });

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
  control.post("/events", async (c) => jsonResponse(await sendEvent(store, eventOrderSchema.parse(await readJson(c)))));
  addCallRoutes(control, store);
  addPeopleRoutes(control, store);
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

function addPeopleRoutes(control: SandboxApp, store: Store): void {
  control.get("/people", () => jsonResponse(store.people.all()));
  control.get("/people/:userid", (c) => jsonResponse(requirePerson(store, c.req.param("userid"))));
  control.post("/people", async (c) => jsonResponse(addPersonOrCrowd(store, await readJson(c)), { status: 201 }));
  control.patch("/people/:userid", async (c) => {
    const person = requirePerson(store, c.req.param("userid"));
    return jsonResponse(store.people.put({ ...person, ...(await readJson(c)), userid: person.userid }));
  });
  control.delete("/people/:userid", (c) => {
    store.people.remove(requirePerson(store, c.req.param("userid")).userid);
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

function addPersonOrCrowd(store: Store, body: Record<string, unknown>) {
  if (!("count" in body)) return store.people.put(body);
  const crowd = createCrowd(crowdSchema.parse(body).count);
  for (const person of crowd) store.people.put(person);
  return { added: crowd.length };
}

function requirePerson(store: Store, userid: string): Person {
  const person = store.people.find(userid);
  if (person) return person;
  throw new ControlError(404, `No person has the userid "${userid}".`);
}

async function readJson(c: SandboxContext): Promise<Record<string, unknown>> {
  const body = parseObject(await c.req.text());
  if (body) return body;
  throw new ControlError(400, "The body has to be a JSON object.");
}

class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function errorResponse(error: Error): Response {
  if (error instanceof ControlError) return jsonResponse({ error: error.message }, { status: error.status });
  if (error instanceof z.ZodError) return jsonResponse({ error: z.prettifyError(error) }, { status: 400 });
  throw error;
}

function noContent(): Response {
  return new Response(null, { status: 204 });
}
