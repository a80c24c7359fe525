import { type PersonInput } from "./person";

const surnames = [..."王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"];
const givenNames = [
  "伟",
  "芳",
  "娜",
  "敏",
  "静",
  "强",
  "磊",
  "洋",
  "艳",
  "勇",
  "杰",
  "晓东",
  "文博",
  "雨桐",
  "子涵",
  "思远",
];
const departmentIds = [101, 103, 201, 202, 301, 302];

/** Many ordinary employees with ids emp00001 …, the same ones every time. */
export function createCrowd(count: number): PersonInput[] {
  return Array.from({ length: count }, (_unused, index) => createExtra(index + 1));
}

function createExtra(number: number): PersonInput {
  return {
    userid: `emp${String(number).padStart(5, "0")}`,
    name: pick(surnames, number) + pick(givenNames, Math.floor(number / surnames.length)),
    title: "员工",
    jobNumber: `X${10_000 + number}`,
    mobile: String(13_900_000_000 + number),
    departments: [{ id: pick(departmentIds, number), order: String(number) }],
  };
}

function pick<Entry>(entries: Entry[], index: number): Entry {
  const [entry] = entries.slice(index % entries.length);
  if (entry === undefined) throw new Error("There is nothing to pick from.");
  return entry;
}
