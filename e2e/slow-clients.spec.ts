import { connect, type Socket } from "node:net";
import { test as base, expect } from "./fixtures";
import { startWorld } from "./world";

/** An app of its own, because the requests count against the limits of this machine's address. */
const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  world: async ({}, use) => {
    const world = await startWorld();
    await use(world);
    await world.stop();
  },
});

/** Enough that each one's share of a second would be noticed. */
const count = 1000;

const unfinished = [
  "GET /login HTTP/1.1\r\nHost: localhost\r\n",
  "POST /login/start HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
  "POST /api/client-reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
];

test("S42 the sign-in page opens within a second beside many slow clients, which are cut", async ({
  context,
  world,
}) => {
  test.slow();
  const { port } = new URL(world.url);
  const sockets = Array.from({ length: count }, (_, index) => openSlowly(Number(port), unfinished[index % 3] ?? ""));
  await Promise.all(sockets.map(({ connected }) => connected));
  // The first answer comes after the server has read what all of them sent.
  await context.request.get("/login");
  const startedAt = Date.now();
  expect((await context.request.get("/login")).status()).toBe(200);
  expect(Date.now() - startedAt).toBeLessThan(1000);
  // The headers have ten seconds, a whole request thirty.
  await expect.poll(() => sockets.filter(({ socket }) => !socket.closed).length, { timeout: 45_000 }).toBe(0);
});

function openSlowly(port: number, text: string): { socket: Socket; connected: Promise<void> } {
  const socket = connect(port, "127.0.0.1");
  const connected = new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () => socket.write(text, () => resolve()));
  });
  // The server's answer is read, so that the end of the connection arrives.
  socket.on("error", () => {}).resume();
  return { socket, connected };
}
