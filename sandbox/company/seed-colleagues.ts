import { type PersonInput } from "./person";

/** The rest of 星河科技, so that lists, searches and long names have something to show. */
export function seedColleagues(): PersonInput[] {
  return [
    employee(7, "林徽", { title: "产品经理", departments: [{ id: 101, order: "40" }], avatar: "generated" }),
    employee(8, "陈思远", { title: "质量主管", departments: [{ id: 103, leader: true, order: "1" }] }),
    employee(9, "黄晓琳", {
      title: "品牌总监",
      departments: [
        { id: 20, leader: true },
        { id: 201, leader: true },
      ],
    }),
    employee(10, "郑凯", { title: "销售主管", departments: [{ id: 202, leader: true }], workPlace: "上海" }),
    employee(11, "刘建国", {
      title: "总经理",
      boss: true,
      senior: true,
      hideMobile: true,
      departments: [{ id: 40, leader: true }],
      managerUserid: null,
    }),
    employee(12, "杨雪", { title: "人力资源总监", subAdmin: true, departments: [{ id: 301, leader: true }] }),
    employee(13, "徐磊", { title: "财务主管", departments: [{ id: 302, leader: true }] }),
    employee(14, "何静", {
      title: "联合项目经理",
      departments: [{ id: 101 }],
      alsoIn: { corpId: "dingsandbox0corp00000002", userid: "partner0014" },
    }),
    employee(15, "高翔", { title: "架构师", departments: [{ id: 101, order: "9223372036854775807" }] }),
    // Outside the app's contact scope: v2/user/get answers 50002.
    employee(16, "马宁", { title: "审计经理", departments: [{ id: 40 }] }),
    employee(17, "Emily Carter", {
      title: "Developer advocate",
      mobile: "2025550117",
      stateCode: "1",
      workPlace: "San Francisco",
      departments: [{ id: 201 }],
    }),
    employee(18, "欧阳若兰", {
      title: "高级用户研究与服务体验设计专家（华东与华南大区）",
      departments: [{ id: 101 }, { id: 103 }, { id: 201 }],
    }),
  ];
}

function employee(number: number, name: string, facts: Partial<PersonInput>): PersonInput {
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
