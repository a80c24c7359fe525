import { expect, test } from "vitest";
import { readShortBody } from "./body";

const address = "https://login.example.com/";

function sent(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request(address, { method: "POST", body, headers });
}

/** A request whose body comes in chunks without a content length; `reads.count` is how many were read. */
function chunked(chunks: Uint8Array[]) {
  const reads = { count: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[reads.count++];
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: "POST", body, duplex: "half" };
  return { reads, request: new Request(address, init) };
}

test("a short body is read as it is", async () => {
  expect(await readShortBody(sent("code=1&name=李雷"), 100)).toBe("code=1&name=李雷");
});

test("a missing body is an empty text", async () => {
  expect(await readShortBody(sent(null), 100)).toBe("");
});

test("a character that is split between two chunks is decoded", async () => {
  const bytes = new TextEncoder().encode("李雷");
  expect(await readShortBody(chunked([bytes.slice(0, 2), bytes.slice(2)]).request, 100)).toBe("李雷");
});

test("S34 a body of exactly the limit is read, one byte more is not", async () => {
  expect(await readShortBody(sent("x".repeat(10)), 10)).toBe("x".repeat(10));
  expect(await readShortBody(sent("x".repeat(11)), 10)).toBeNull();
});

test("S34 the limit counts bytes, not characters", async () => {
  expect(await readShortBody(sent("李".repeat(4)), 10)).toBeNull();
});

test("S34 a body with a content length above the limit is not read", async () => {
  expect(await readShortBody(sent("short", { "content-length": "11" }), 10)).toBeNull();
});

test("S34 a body without a content length is read only up to the limit", async () => {
  const { reads, request } = chunked(Array.from({ length: 1000 }, () => new Uint8Array(10)));
  expect(await readShortBody(request, 25)).toBeNull();
  expect(reads.count).toBeLessThan(10);
});
