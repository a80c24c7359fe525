import { z } from "zod";
import { bigCompanySchema, seedBigCompany } from "../company/big-company";
import { putDepartment, putPerson, removeDepartment, removePerson } from "../company/change";
import { createCrowd } from "../company/colleagues";
import { jsonResponse, type SandboxApp, type SandboxContext } from "../http";
import { type Store } from "../store";
import { noContent, readJson, requireDepartment, requirePerson } from "./request";

const crowdSchema = z.strictObject({ count: z.number().int().min(1).max(100_000) });
const listSchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).default(100_000),
});

/** The people and departments of the company. A change of one of them sends its events. */
export function addCompanyRoutes(control: SandboxApp, store: Store): void {
  addPeopleRoutes(control, store);
  addDepartmentRoutes(control, store);
  control.post("/company", async (c) => {
    const order = bigCompanySchema.parse(await readJson(c));
    return jsonResponse(seedBigCompany(store, order), { status: 201 });
  });
  control.get("/leave-records", () => jsonResponse(store.leaveRecords));
}

function addPeopleRoutes(control: SandboxApp, store: Store): void {
  control.get("/people", (c) => jsonResponse(listPeople(store, c)));
  control.get("/people/:userid", (c) => jsonResponse(requirePerson(store, c.req.param("userid"))));
  control.post("/people", async (c) => jsonResponse(addPersonOrCrowd(store, await readJson(c)), { status: 201 }));
  control.patch("/people/:userid", async (c) => {
    const person = requirePerson(store, c.req.param("userid"));
    return jsonResponse(putPerson(store, { ...person, ...(await readJson(c)), userid: person.userid }));
  });
  control.delete("/people/:userid", (c) => {
    removePerson(store, requirePerson(store, c.req.param("userid")));
    return noContent();
  });
}

function addDepartmentRoutes(control: SandboxApp, store: Store): void {
  control.get("/departments", () => jsonResponse(store.departments.all()));
  control.post("/departments", async (c) => jsonResponse(putDepartment(store, await readJson(c)), { status: 201 }));
  control.patch("/departments/:id", async (c) => {
    const department = requireDepartment(store, c.req.param("id"));
    return jsonResponse(putDepartment(store, { ...department, ...(await readJson(c)), id: department.id }));
  });
  control.delete("/departments/:id", (c) => {
    removeDepartment(store, requireDepartment(store, c.req.param("id")));
    return noContent();
  });
}

function listPeople(store: Store, c: SandboxContext) {
  const { offset, limit } = listSchema.parse(c.req.query());
  return store.people.all().slice(offset, offset + limit);
}

/** A crowd comes without events: it is there from the start, like the seeded company. */
function addPersonOrCrowd(store: Store, body: Record<string, unknown>) {
  if (!("count" in body)) return putPerson(store, body);
  const crowd = createCrowd(crowdSchema.parse(body).count);
  for (const person of crowd) store.people.put(person);
  return { added: crowd.length };
}
