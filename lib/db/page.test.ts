import fc from "fast-check";
import { expect, test } from "vitest";
import { type Page, type Place, readPage } from "./page";

/** A list of numbers in ascending order, read by the numbers themselves. */
function listOf(numbers: number[], pageSize: number) {
  return {
    pageSize,
    readKey: (value: string | null) => (value !== null && /^\d+$/.test(value) ? Number(value) : null),
    keyOf: String,
    async read({ key, isBackwards, limit }: { key: number | null; isBackwards: boolean; limit: number }) {
      const beyond = numbers.filter((one) => key === null || (isBackwards ? one < key : one > key));
      return (isBackwards ? beyond.reverse() : beyond).slice(0, limit);
    },
  };
}

const start = { after: null, before: null };

/** Follows links from a place until there are none. */
async function walk(read: (place: Place) => Promise<Page<number>>, from: Place, link: "next" | "previous") {
  const pages: Page<number>[] = [];
  for (let place: Place | null = from; place; ) {
    const page: Page<number> = await read(place);
    pages.push(page);
    const key: string | null = page[link];
    place = key === null ? null : { ...start, [link === "next" ? "after" : "before"]: key };
  }
  return pages;
}

test("the way back shows the same pages as the way forward", async () => {
  const numbers = fc.uniqueArray(fc.nat(500), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(numbers, fc.integer({ min: 1, max: 9 }), async (list, pageSize) => {
      const read = (place: Place) => readPage(listOf(list, pageSize), place);
      const forward = await walk(read, start, "next");
      expect(forward.flatMap(({ rows }) => rows)).toEqual(list);
      const last = forward.at(-2)?.next ?? null;
      const back = await walk(read, { ...start, after: last }, "previous");
      expect(back.reverse()).toEqual(forward);
    }),
  );
});

test("the beginning is shown as a whole page, though less than that is ahead of the key", async () => {
  const list = listOf([1, 2, 3, 4, 5], 2);
  expect(await readPage(list, { ...start, before: "2" })).toEqual({
    rows: [1, 2],
    previous: null,
    next: "2",
    isFirst: true,
  });
  expect(await readPage(list, { ...start, before: "0" })).toMatchObject({ rows: [1, 2], previous: null });
});

test("behind the last row there is nothing, and the way to the first page", async () => {
  const page = await readPage(listOf([1, 2, 3], 2), { ...start, after: "9" });
  expect(page).toEqual({ rows: [], previous: null, next: null, isFirst: false });
});

test("a key that cannot be read leads to the first page, and `before` goes first", async () => {
  const list = listOf([1, 2, 3, 4, 5], 2);
  for (const place of [{ after: "x", before: null }, { after: null, before: "x" }, start])
    expect(await readPage(list, place)).toMatchObject({ rows: [1, 2], isFirst: true });
  expect((await readPage(list, { after: "1", before: "5" })).rows).toEqual([3, 4]);
});
