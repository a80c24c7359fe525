import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { connectStream, getTicket, openGateway, type ReceivedFrame } from "../../test/stream-client";
import { createSandboxClient, type SandboxClient } from "../control-client";
import { type RunningSandbox, startSandbox } from "../server";

/** A busy machine is no reason to fail. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

let running: RunningSandbox;
let sandbox: SandboxClient;

beforeAll(async () => {
  running = await startSandbox({ port: 0, webviewPort: 0 });
  sandbox = createSandboxClient(running.url);
});

beforeEach(async () => {
  await eventually(() => running.store.stream.connections.size).toBe(0);
  await sandbox.reset();
  await sandbox.settings({ stream: { pingMs: null, timeoutMs: 10_000, retryMs: [20, 20] } });
});

afterAll(() => running.close());

async function connect(patch: object = {}) {
  const client = connectStream(await getTicket(running.url, running.store.options, patch));
  onTestFinished(() => client.socket.terminate());
  await client.opened;
  await eventually(() => running.store.stream.connections.size).toBeGreaterThan(0);
  return client;
}

/** The frame with this index, once it has arrived. */
async function frameOf(client: Awaited<ReturnType<typeof connect>>, index = 0): Promise<ReceivedFrame> {
  await eventually(() => client.frames.length).toBeGreaterThan(index);
  const frame = client.frames[index];
  if (!frame) throw new Error("There is no frame.");
  return frame;
}

const outcomes = async () => (await sandbox.events()).at(-1)?.pushes.map(({ outcome }) => outcome);

test("a leaver is an EVENT frame with the headers of the SDK", async () => {
  const client = await connect();
  await sandbox.patchPerson("user0001", { membership: "left" });
  const frame = await frameOf(client);
  expect(frame).toEqual({
    specVersion: "1.0",
    type: "EVENT",
    headers: {
      topic: "*",
      messageId: expect.stringMatching(/^[0-9a-f]{8}_[0-9a-f]+_[0-9a-f]{4}$/),
      contentType: "application/json",
      time: expect.stringMatching(/^\d{13}$/),
      eventType: "user_leave_org",
      eventId: expect.any(String),
      eventCorpId: running.store.options.corpId,
      eventBornTime: expect.stringMatching(/^\d{13}$/),
      eventUnifiedAppId: running.store.options.unifiedAppId,
    },
    data: expect.any(String),
  });
  expect(JSON.parse(frame.data)).toEqual({ timeStamp: frame.headers.eventBornTime, userId: ["user0001"] });
  client.answer(frame, { status: "SUCCESS", message: "ok" });
  await eventually(outcomes).toEqual(["accepted"]);
});

test("an event without an answer is pushed again, with the same event id and another message id", async () => {
  await sandbox.settings({ stream: { timeoutMs: 20, retryMs: [1000] } });
  const client = await connect();
  await sandbox.patchPerson("user0001", { membership: "left" });
  const first = await frameOf(client);
  await sandbox.settings({ stream: { timeoutMs: 10_000 } });
  const second = await frameOf(client, 1);
  expect(second.headers.eventId).toBe(first.headers.eventId);
  expect(second.headers.messageId).not.toBe(first.headers.messageId);
  client.answer(second, { status: "SUCCESS" });
  await eventually(outcomes).toEqual(["unanswered", "accepted"]);
});

test("LATER and an error code ask for another push, at most two", async () => {
  const client = await connect();
  await sandbox.patchPerson("user0001", { membership: "left" });
  client.answer(await frameOf(client), { status: "LATER" });
  client.answer(await frameOf(client, 1), {}, 500);
  client.answer(await frameOf(client, 2), {}, 404);
  await eventually(outcomes).toEqual(["later", "refused", "refused"]);
  await sandbox.patchPerson("user0006", { membership: "left" });
  expect((await frameOf(client, 3)).data).toContain("user0006");
});

test("an answer without a status counts as success, as of the SDK for Python", async () => {
  const client = await connect();
  await sandbox.patchPerson("user0001", { membership: "left" });
  client.answer(await frameOf(client), {});
  await eventually(outcomes).toEqual(["accepted"]);
});

test("the gateway answers with an address and a ticket, and nothing else", async () => {
  const answer = await openGateway(running.url, running.store.options);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json;charset=utf-8"]);
  const endpoint = `${running.url.replace("http", "ws")}/connect`;
  expect(await answer.json()).toEqual({ endpoint, ticket: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("a ticket opens one connection", async () => {
  const ticket = await getTicket(running.url, running.store.options);
  const first = connectStream(ticket);
  onTestFinished(() => first.socket.terminate());
  await first.opened;
  await expect(connectStream(ticket).opened).rejects.toThrow("401");
  await expect(connectStream({ ...ticket, ticket: "unknown" }).opened).rejects.toThrow("401");
});

test("a ticket is good for 90 seconds", async () => {
  const ticket = await getTicket(running.url, running.store.options);
  await sandbox.settings({ clockOffsetSeconds: 91 });
  await expect(connectStream(ticket).opened).rejects.toThrow("401");
});

test("the gateway refuses wrong credentials and missing fields in the v1.0 envelope", async () => {
  const wrong = await openGateway(running.url, { ...running.store.options, clientSecret: "wrong" });
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toEqual({ code: "authFailed", requestid: expect.any(String), message: "鉴权失败" });
  const empty = await openGateway(running.url, running.store.options, { subscriptions: [] });
  expect(empty.status).toBe(400);
  expect(await empty.json()).toMatchObject({ code: "Missingsubscriptions" });
});

test("without an Accept header the gateway answers in XML", async () => {
  const { clientId, clientSecret } = running.store.options;
  const body = JSON.stringify({ clientId, clientSecret, subscriptions: [{ type: "EVENT", topic: "*" }] });
  const answer = await fetch(`${running.url}/v1.0/gateway/connections/open`, { method: "POST", body });
  expect(answer.headers.get("content-type")).toContain("application/xml");
  expect(await answer.text()).toMatch(/<endpoint>ws:\/\/localhost:\d+\/connect<\/endpoint><ticket>[0-9a-f-]{36}</);
});

test("a client that subscribes no events receives none", async () => {
  const robot = await connect({ subscriptions: [{ type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" }] });
  await sandbox.patchPerson("user0001", { membership: "left" });
  await eventually(outcomes).toContain("unreachable");
  expect(robot.frames).toEqual([]);
});

test("each event goes to one of the connections", async () => {
  const clients = [await connect(), await connect()];
  await eventually(() => running.store.stream.connections.size).toBe(2);
  for (const { socket, frames, answer } of clients)
    socket.on("message", () => answer(frames.at(-1) ?? raise(), { status: "SUCCESS" }));
  for (let count = 0; count < 20; count += 1) await sandbox.patchPerson("user0001", { title: `第${count}版` });
  await eventually(() => clients.flatMap(({ frames }) => frames).length).toBe(20);
  await eventually(outcomes).toEqual(["accepted"]);
});

function raise(): never {
  throw new Error("There is no frame.");
}

test("an event that happens between two connections waits for the next one", async () => {
  await sandbox.settings({ stream: { retryMs: [100, 1000, 1000, 1000] } });
  const first = await connect();
  first.socket.terminate();
  await eventually(() => running.store.stream.connections.size).toBe(0);
  await sandbox.patchPerson("user0001", { membership: "left" });
  const second = await connect();
  expect((await frameOf(second)).headers.eventType).toBe("user_leave_org");
});

test("a ping comes regularly, and its data are to be returned", async () => {
  await sandbox.settings({ stream: { pingMs: 20 } });
  const client = await connect();
  const ping = await frameOf(client);
  expect(ping).toMatchObject({ type: "SYSTEM", headers: { topic: "ping" } });
  expect(JSON.parse(ping.data)).toEqual({ opaque: expect.any(String) });
  client.answer(ping, JSON.parse(ping.data));
  await eventually(async () => (await sandbox.streams())[0]?.pings.answered).toBe(1);
});

test("a client that is asked to disconnect receives no more events and is closed in the end", async () => {
  await sandbox.settings({ stream: { closeDelayMs: 50, lifeSeconds: 0.02 } });
  const client = await connect();
  const frame = await frameOf(client);
  expect(frame).toMatchObject({ type: "SYSTEM", headers: { topic: "disconnect" } });
  expect(JSON.parse(frame.data)).toEqual({ reason: "connection is expired" });
  await sandbox.patchPerson("user0001", { membership: "left" });
  expect(await client.closed).toEqual({ code: 1000 });
  expect(client.frames).toHaveLength(1);
});

test("a dropped socket ends without a close frame", async () => {
  const client = await connect();
  await sandbox.endStreams("drop");
  expect(await client.closed).toEqual({ code: 1006 });
  expect(await sandbox.streams()).toEqual([]);
});

test("a mute connection stays open, and neither events nor pings nor pongs pass", async () => {
  await sandbox.settings({ stream: { pingMs: 20, timeoutMs: 100 } });
  const client = await connect();
  await frameOf(client);
  await sandbox.endStreams("mute");
  const before = client.frames.length;
  let pongs = 0;
  client.socket.on("pong", () => (pongs += 1));
  client.socket.ping();
  await sandbox.patchPerson("user0001", { membership: "left" });
  await eventually(outcomes).toEqual(["unanswered", "unanswered", "unanswered"]);
  expect([client.frames.length, pongs, client.socket.readyState]).toEqual([before, 0, client.socket.OPEN]);
});

test("the faults of the calls reach the gateway and the handshake", async () => {
  await sandbox.fault({ path: "/v1.0/gateway/connections/open", fault: { kind: "badGateway" } });
  expect((await openGateway(running.url, running.store.options)).status).toBe(502);
  await sandbox.fault({ path: "/connect", fault: { kind: "status", status: 503 } });
  const ticket = await getTicket(running.url, running.store.options);
  await expect(connectStream(ticket).opened).rejects.toThrow("503");
  await sandbox.fault({ path: "/connect", fault: { kind: "reset" } });
  await expect(connectStream(ticket).opened).rejects.toThrow("socket hang up");
  const client = connectStream(ticket);
  onTestFinished(() => client.socket.terminate());
  await client.opened;
});

test("lost, repeated and reordered events concern Stream connections too", async () => {
  const client = await connect();
  client.socket.on("message", () => client.answer(client.frames.at(-1) ?? raise(), { status: "SUCCESS" }));
  await sandbox.settings({ push: { faults: ["lost"] } });
  await sandbox.patchPerson("user0001", { admin: true });
  await sandbox.settings({ push: { faults: ["repeated", "reordered"], delayMs: 1000 } });
  await sandbox.patchPerson("user0006", { admin: true });
  await sandbox.patchPerson("user0006", { membership: "left" });
  const types = () => client.frames.map(({ headers }) => headers.eventType);
  await eventually(types).toEqual(["user_leave_org", "user_leave_org", "org_admin_add", "org_admin_add"]);
});

test("an ordered event goes to a connection at once, with the age and company that the order says", async () => {
  const client = await connect();
  const sent = sandbox.sendEvent({ type: "org_update", via: "stream", eventId: "old", ageSeconds: 60, tamper: "corp" });
  const frame = await frameOf(client);
  expect(frame.headers).toMatchObject({
    eventType: "org_update",
    eventId: "old",
    eventCorpId: "dingelsewhere0corp000001",
  });
  expect(Number(frame.headers.eventBornTime)).toBeLessThan(Date.now() - 59_000);
  client.answer(frame, { status: "SUCCESS" });
  expect(await sent).toEqual({ status: 0, answer: "accepted" });
});

test("a reset keeps the connection, and closing the sandbox ends it", async () => {
  const own = await startSandbox({ port: 0, webviewPort: 0 });
  const control = createSandboxClient(own.url);
  const client = connectStream(await getTicket(own.url, own.store.options));
  await client.opened;
  await control.reset();
  await control.patchPerson("user0001", { membership: "left" });
  await eventually(() => client.frames.length).toBe(1);
  await own.close();
  expect(await client.closed).toEqual({ code: 1006 });
});
