import { type PersonInput } from "./people";

/** The other employees of 星河科技, for lists, searches and long names. */
export function seedColleagues(): PersonInput[] {
  return [
    colleague(7, "林徽", { title: "产品经理", departments: [{ id: 101, order: "40" }], avatar: "generated" }),
    colleague(8, "陈思远", { title: "质量主管", departments: [{ id: 103, leader: true, order: "1" }] }),
    colleague(9, "黄晓琳", {
      title: "品牌总监",
      departments: [
        { id: 20, leader: true },
        { id: 201, leader: true },
      ],
    }),
    colleague(10, "郑凯", { title: "销售主管", departments: [{ id: 202, leader: true }], workPlace: "上海" }),
    colleague(11, "刘建国", {
      title: "总经理",
      boss: true,
      senior: true,
      hideMobile: true,
      departments: [{ id: 40, leader: true }],
      managerUserid: null,
    }),
    colleague(12, "杨雪", { title: "人力资源总监", subAdmin: true, departments: [{ id: 301, leader: true }] }),
    colleague(13, "徐磊", { title: "财务主管", departments: [{ id: 302, leader: true }] }),
    colleague(14, "何静", {
      title: "联合项目经理",
      departments: [{ id: 101 }],
      alsoIn: { corpId: "dingsandbox0corp00000002", userid: "partner0014" },
    }),
    colleague(15, "高翔", { title: "架构师", departments: [{ id: 101, order: "9223372036854775807" }] }),
    // Outside the app's contact scope: v2/user/get returns 50002.
    colleague(16, "马宁", { title: "审计经理", departments: [{ id: 40 }] }),
    colleague(17, "Emily Carter", {
      title: "Developer advocate",
      mobile: "2025550117",
      stateCode: "1",
      workPlace: "San Francisco",
      departments: [{ id: 201 }],
    }),
    colleague(18, "欧阳若兰", {
      title: "高级用户研究与服务体验设计专家（华东与华南大区）",
      departments: [{ id: 101 }, { id: 103 }, { id: 201 }],
    }),
  ];
}

function colleague(number: number, name: string, facts: Partial<PersonInput>): PersonInput {
  const tail = String(number).padStart(4, "0");
  return {
    userid: `user${tail}`,
    name,
    jobNumber: `E${1000 + number}`,
    mobile: `1380000${tail}`,
    email: `user${tail}@example.com`,
    workPlace: "杭州",
    hiredDate: Date.UTC(2016 + (number % 8), number % 12, number),
    managerUserid: "user0011",
    ...facts,
  };
}

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

/** Generated employees emp00001, emp00002 and so on; the same count gives the same people. */
export function createCrowd(count: number): PersonInput[] {
  return Array.from({ length: count }, (_unused, index) => generateEmployee(index + 1));
}

function generateEmployee(number: number): PersonInput {
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
