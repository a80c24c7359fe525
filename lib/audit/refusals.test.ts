import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { createWorld, withSingleton } from "../../test/world";
import { DingTalkError } from "../dingtalk/errors";
import { type RefusedRequest, recordRefusal } from "./refusals";

const { lines } = createWorld();

const client = { ip: "203.0.113.24", userAgent: "a browser" };
const refused: RefusedRequest = { refusal: "outsider", method: "frame", client };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

function rows() {
  return recordedEvents();
}

/** Lets a minute pass, at whose end summaries are written. */
async function passMinute(rowsAfter: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  await vi.waitFor(async () => expect(await rows()).toHaveLength(rowsAfter));
}

test("S37 the first refusal is recorded as it happens, with who sent it", async () => {
  const reference = await recordRefusal(refused);
  expect(await rows()).toMatchObject([
    { kind: "refused", reason: "outsider", method: "frame", reference, ...client, count: 1 },
  ]);
  expect(lines.join()).toContain(reference);
});

test("S37 the audit row names DingTalk's own request", async () => {
  const cause = new DingTalkError({ call: "v2/user/get", kind: "refused", requestId: "15r7dingtalk" });
  await recordRefusal({ ...refused, refusal: "dingtalk_failed", cause });
  expect(await rows()).toMatchObject([{ dingtalkRequestId: "15r7dingtalk" }]);
});

test("S42 the same refusal of the same address is one more row a minute, with their count", async () => {
  for (let turn = 0; turn < 50; turn += 1) await recordRefusal(refused);
  expect(await rows()).toHaveLength(1);
  await passMinute(2);
  expect(await rows()).toMatchObject([{ count: 1 }, { kind: "refused", reason: "outsider", count: 49, ...client }]);
  expect(lines).toHaveLength(2);
});

test("S38 repeated refusals show the reference that is found in log and audit trail", async () => {
  const first = await recordRefusal(refused);
  expect(await recordRefusal(refused)).toBe(first);
  await passMinute(2);
  expect((await rows()).map(({ reference }) => reference)).toEqual([first, first]);
  expect(await recordRefusal(refused)).not.toBe(first);
});

test("S42 a refusal that did not repeat leaves no summary", async () => {
  await recordRefusal(refused);
  await vi.advanceTimersByTimeAsync(60_000);
  await recordRefusal(refused);
  expect(await rows()).toMatchObject([{ count: 1 }, { count: 1 }]);
});

test("S37 another reason, address or employee is recorded by itself", async () => {
  const variants: Partial<RefusedRequest>[] = [
    {},
    { refusal: "leaver" },
    { client: { ...client, ip: "198.51.100.7" } },
    { userId: "user0001" },
    { userId: "user0002" },
  ];
  const references = [];
  for (const variant of variants) references.push(await recordRefusal({ ...refused, ...variant }));
  expect(new Set(references).size).toBe(5);
  expect(await rows()).toHaveLength(5);
});

test("S42 beyond a thousand addresses at once, further ones are counted together", async () => {
  const from = (n: number) => ({ ...refused, client: { ...client, ip: `10.0.${n >> 8}.${n & 255}` } });
  for (let n = 0; n < 1100; n += 1) await recordRefusal(from(n));
  expect(await rows()).toHaveLength(1001);
});

test("S8 a refusal is answered while the database is down", async () => {
  await withSingleton("database", { database: null }, async () => {
    const reference = await recordRefusal(refused);
    expect(lines.join()).toContain(reference);
    expect(lines.join()).toContain("refusal not recorded");
  });
});
