import { expect, test } from "vitest";
import { readShortBody } from "./body";

const address = "https://login.example.com/";

function sent(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request(address, { method: "POST", body, headers });
}

/** A body in chunks, as of a client that announces no length; tells how many of them were asked for. */
function chunked(chunks: Uint8Array[]) {
  const asked = { count: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[asked.count++];
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", body, duplex: "half" };
  return { asked, request: new Request(address, init) };
}

test("a short body is read as it is", async () => {
  expect(await readShortBody(sent("code=1&name=李雷"), 100)).toBe("code=1&name=李雷");
});

test("no body is an empty one", async () => {
  expect(await readShortBody(sent(null), 100)).toBe("");
});

test("a letter that falls between two chunks stays whole", async () => {
  const bytes = new TextEncoder().encode("李雷");
  expect(await readShortBody(chunked([bytes.slice(0, 2), bytes.slice(2)]).request, 100)).toBe("李雷");
});

test("S34 a body of exactly the limit passes, one byte more does not", async () => {
  expect(await readShortBody(sent("x".repeat(10)), 10)).toBe("x".repeat(10));
  expect(await readShortBody(sent("x".repeat(11)), 10)).toBeNull();
});

test("S34 the limit counts bytes, not letters", async () => {
  expect(await readShortBody(sent("李".repeat(4)), 10)).toBeNull();
});

test("S34 a body that announces itself as too long is not read", async () => {
  expect(await readShortBody(sent("short", { "content-length": "11" }), 10)).toBeNull();
});

test("S34 a body without a length is given up at the limit, not read to its end", async () => {
  const { asked, request } = chunked(Array.from({ length: 1000 }, () => new Uint8Array(10)));
  expect(await readShortBody(request, 25)).toBeNull();
  expect(asked.count).toBeLessThan(10);
});
