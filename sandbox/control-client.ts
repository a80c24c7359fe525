import { z } from "zod";
import { type BigCompanyInput } from "./company/big-company";
import { type DepartmentInput } from "./company/departments";
import { type PersonInput } from "./company/people";
import { type CodeOrderInput } from "./control";
import { type StreamEnd } from "./control/events";
import { type EventOrderInput } from "./events/send";
import { type PlannedFaultInput } from "./faults/plan";
import { recordedCallSchema } from "./records";
import { type SettingsPatch } from "./settings";

const sentEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  bornAt: z.number(),
  userIds: z.array(z.string()),
  deptIds: z.array(z.number()),
  pushes: z.array(z.object({ via: z.enum(["http", "stream"]), at: z.number(), outcome: z.string() })),
});

const connectionSchema = z.object({
  ua: z.string(),
  openedAt: z.number(),
  isOpen: z.boolean(),
  pings: z.object({ sent: z.number(), answered: z.number() }),
});

export type SandboxClient = ReturnType<typeof createSandboxClient>;

/** A client of the control API, for tests and scripts. Every function throws the sandbox's message when a call is refused. */
export function createSandboxClient(url: string) {
  const send = (method: string, path: string, body?: unknown) => sendRequest(`${url}/_sandbox${path}`, method, body);
  return {
    url,
    reset: async () => void (await send("POST", "/reset")),
    mintCode: async (order: CodeOrderInput) =>
      z.object({ code: z.string() }).parse(await send("POST", "/codes", order)).code,
    fault: async (planned: PlannedFaultInput) => void (await send("POST", "/faults", planned)),
    clearFaults: async () => void (await send("DELETE", "/faults")),
    calls: async (path?: string) => {
      const query = path ? `?${new URLSearchParams({ path })}` : "";
      return z.array(recordedCallSchema).parse(await send("GET", `/calls${query}`));
    },
    clearCalls: async () => void (await send("DELETE", "/calls")),
    addPerson: async (person: PersonInput) => void (await send("POST", "/people", person)),
    addCrowd: async (count: number) => void (await send("POST", "/people", { count })),
    patchPerson: async (userid: string, patch: Partial<PersonInput>) =>
      void (await send("PATCH", `/people/${encodeURIComponent(userid)}`, patch)),
    seedCompany: async (order: BigCompanyInput) => void (await send("POST", "/company", order)),
    putDepartment: async (department: DepartmentInput) => void (await send("POST", "/departments", department)),
    removeDepartment: async (id: number) => void (await send("DELETE", `/departments/${id}`)),
    removePerson: async (userid: string) => void (await send("DELETE", `/people/${encodeURIComponent(userid)}`)),
    settings: async (patch: SettingsPatch & { revokeTokens?: boolean }) =>
      void (await send("PATCH", "/settings", patch)),
    sendEvent: async (order: EventOrderInput) =>
      z.object({ status: z.number(), answer: z.string().nullable() }).parse(await send("POST", "/events", order)),
    events: async () => z.array(sentEventSchema).parse(await send("GET", "/events")),
    streams: async () => z.array(connectionSchema).parse(await send("GET", "/stream")),
    endStreams: async (how: StreamEnd) => void (await send("POST", "/stream", { how })),
    messages: async () =>
      z.array(z.looseObject({ userids: z.array(z.string()) })).parse(await send("GET", "/messages")),
  };
}

async function sendRequest(address: string, method: string, body: unknown): Promise<unknown> {
  const response = await fetch(address, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}
