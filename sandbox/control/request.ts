import { z } from "zod";
import { CompanyError } from "../company/change";
import { type Person } from "../company/people";
import { jsonResponse, parseObject, type SandboxContext } from "../http";
import { type Department } from "../records";
import { type Store } from "../store";

/** What the control API answers to a wrong call. */
class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function readJson(c: SandboxContext): Promise<Record<string, unknown>> {
  const body = parseObject(await c.req.text());
  if (body) return body;
  throw new ControlError(400, "The body has to be a JSON object.");
}

export function requirePerson(store: Store, userid: string): Person {
  const person = store.people.find(userid);
  if (person) return person;
  throw new ControlError(404, `No person has the userid "${userid}".`);
}

export function requireDepartment(store: Store, id: string): Department {
  const department = store.departments.find(Number(id));
  if (department) return department;
  throw new ControlError(404, `There is no department ${id}.`);
}

export function errorResponse(error: Error): Response {
  if (error instanceof ControlError) return jsonResponse({ error: error.message }, { status: error.status });
  if (error instanceof CompanyError) return jsonResponse({ error: error.message }, { status: 409 });
  if (error instanceof z.ZodError) return jsonResponse({ error: z.prettifyError(error) }, { status: 400 });
  throw error;
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}
