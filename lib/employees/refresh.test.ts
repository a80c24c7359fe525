import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { within } from "./refresh";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function work() {
  let resolve: (value: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<string>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  return { promise, resolve, reject };
}

test("work that ends in time returns its result and leaves no timer", async () => {
  const { promise, resolve } = work();
  const answer = within(1000, promise);
  resolve("done");
  expect(await answer).toBe("done");
  expect(vi.getTimerCount()).toBe(0);
});

test("work that takes longer is late exactly at the limit", async () => {
  const seen: string[] = [];
  const waiting = within(1000, work().promise).then((answer) => seen.push(answer));
  await vi.advanceTimersByTimeAsync(999);
  expect(seen).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
  expect(seen).toEqual(["late"]);
});

test("work that fails in time rejects", async () => {
  const { promise, reject } = work();
  const answer = within(1000, promise);
  reject(new Error("broken"));
  await expect(answer).rejects.toThrow("broken");
  expect(vi.getTimerCount()).toBe(0);
});

test("work that fails after the limit causes no unhandled rejection", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const { promise, reject } = work();
  const answer = within(1000, promise);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await answer).toBe("late");
  reject(new Error("too late to matter"));
  vi.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
