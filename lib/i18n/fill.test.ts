import { expect, test } from "vitest";
import { fill } from "./fill";

test("values take the places of their names", () => {
  expect(fill("{name}：{seconds} 秒，{seconds} 秒", { name: "李雷", seconds: 5 })).toBe("李雷：5 秒，5 秒");
});

test("a value is never read as a template or as a pattern", () => {
  expect(fill("{name} and {other}", { name: "{other} $& $1", other: "x" })).toBe("{other} $& $1 and x");
});

test("a place without a value stays visible", () => {
  expect(fill("{name}已扫码", {})).toBe("{name}已扫码");
});

test("the count chooses the form, in languages that have more than one", () => {
  const people = { one: "{count} person", other: "{count} people" };
  expect([0, 1, 2].map((count) => fill(people, { count }))).toEqual(["0 people", "1 person", "2 people"]);
  expect(fill({ other: "共 {count} 人" }, { count: 1 })).toBe("共 1 人");
});
