import { expect, test } from "vitest";
import { csvLine } from "./csv";

test.each([
  [["a", "b"], "a,b\r\n"],
  [["李雷, Li", 'say "hi"', "two\nlines"], '"李雷, Li","say ""hi""","two\nlines"\r\n'],
  [[null, 7, -7, ""], ",7,-7,\r\n"],
])("%j is one line", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test.each(["=1+1", "+86", "-1", "@sum", "\t=1", "\r=1", '=HYPERLINK("x")'])("%j is no formula", (cell) => {
  expect(csvLine([cell]).replace(/^"/, "").startsWith("'")).toBe(true);
});
