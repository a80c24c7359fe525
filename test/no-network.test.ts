import { createServer } from "node:http";
import { expect, test } from "vitest";

test.each(["http://192.0.2.1/", "https://example.invalid/"])("a unit test cannot connect to %s", async (address) => {
  const cause = { message: expect.stringContaining("only to this machine") };
  await expect(fetch(address)).rejects.toMatchObject({ cause });
});

test("a unit test can connect to its own server", async () => {
  const server = createServer((_request, response) => response.end("local"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const answer = await fetch(`http://localhost:${port}/`);
  expect(await answer.text()).toBe("local");
  server.close();
});
