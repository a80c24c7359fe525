import { describe, expect, test } from "vitest";
import { createWorld } from "../../test/world";
import { DingTalkError, type DingTalkErrorKind } from "../dingtalk/errors";
import { type RefusedReason } from "../dingtalk/reasons";
import { createSyncCalls } from "./calls";

createWorld({ DIRECTORY_SYNC_QPS: "1000" });

const failure = (kind: DingTalkErrorKind, reason: RefusedReason | null = null) =>
  new DingTalkError({ call: "v2/user/list", kind, reason });

/** Makes a call that fails so often, and returns the pauses in seconds. */
async function failing(times: number, error: Error): Promise<number[]> {
  const pauses: number[] = [];
  const { make, takeCount } = createSyncCalls(async (ms) => void pauses.push(ms / 1000));
  let left = times;
  await make(async () => {
    left -= 1;
    if (left >= 0) throw error;
  });
  expect([takeCount(), takeCount()]).toEqual([times + 1, 0]);
  return pauses;
}

describe("a call of a sync", () => {
  test.each([failure("refused", "throttled"), failure("queue_full")])("%s never ends a run", async (error) => {
    const pauses = await failing(100, error);
    expect(pauses.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 30, 30]);
    expect(pauses).toHaveLength(100);
  });

  test.each([failure("timeout"), failure("unreachable"), failure("circuit_open"), failure("refused", "busy")])(
    "%s is tried for some minutes",
    async (error) => {
      expect((await failing(10, error)).length).toBe(10);
      await expect(failing(20, error)).rejects.toBe(error);
    },
  );

  test.each([failure("refused", "permission_missing"), new Error("a fault of ours")])("%s ends it", async (error) => {
    await expect(failing(1, error)).rejects.toBe(error);
  });
});
