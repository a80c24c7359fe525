import { type Department, type LeaveRecord } from "../records";
import { seedColleagues } from "./colleagues";
import { type PersonInput } from "./people";

/** The people named in the README and in tests. Each is a special case of signing in. */
export function seedPeople(): PersonInput[] {
  return [
    {
      userid: "user0001",
      name: "李雷",
      title: "研发工程师",
      jobNumber: "E1001",
      mobile: "13800000001",
      telephone: "010-86123456-2345",
      email: "lilei@example.com",
      orgEmail: "lilei@xinghe.example",
      personalEmail: "lilei@former-employer.example",
      workPlace: "杭州",
      loginId: "lilei",
      hiredDate: 1_597_573_616_828,
      managerUserid: "user0002",
      avatar: "generated",
      departments: [
        { id: 101, order: "176294286838758512", title: "研发工程师" },
        { id: 102, order: "20", title: "值班工程师" },
      ],
      roles: [{ id: 1_507_113_578, name: "普通员工", groupName: "默认" }],
      extension: { 爱好: "旅游" },
    },
    {
      userid: "user0002",
      name: "韩梅梅",
      title: "技术总监",
      jobNumber: "E0007",
      admin: true,
      senior: true,
      mobile: "13800000002",
      email: "hanmeimei@example.com",
      orgEmail: "hanmeimei@xinghe.example",
      personalEmail: "hanmeimei@example.com",
      workPlace: "杭州",
      hiredDate: 1_433_088_000_000,
      managerUserid: "user0011",
      avatar: "generated",
      departments: [
        { id: 10, leader: true, order: "1", title: "技术总监" },
        { id: 101, leader: true, order: "1" },
        { id: 102, leader: true, order: "1" },
      ],
      roles: [
        { id: 149, name: "总监", groupName: "职务" },
        { id: 1_507_113_577, name: "主管理员", groupName: "默认" },
      ],
    },
    {
      userid: "user0003",
      name: "王强",
      active: false,
      title: "研发工程师",
      jobNumber: "E1003",
      mobile: "13800000003",
      managerUserid: "user0002",
      departments: [{ id: 101, order: "30" }],
    },
    { userid: "user0004", name: "赵敏", membership: "left", mobile: "13800000004", avatar: "generated" },
    { userid: "user0005", name: "周立", membership: "external", mobile: "13800000005", departments: [] },
    {
      userid: "user0006",
      name: "孙悦",
      title: "测试工程师",
      jobNumber: "E1006",
      managerUserid: "user0008",
      departments: [{ id: 103, order: "60" }],
    },
    {
      userid: "out0001",
      name: "吴涛",
      membership: "outsider",
      mobile: "13700000001",
      personalEmail: "wutao@another-company.example",
      departments: [],
    },
    ...seedColleagues(),
  ];
}

const dayMs = 86_400_000;

/** 赵敏 left 90 days before the sandbox started. */
export function seedLeaveRecords(): LeaveRecord[] {
  const leftAt = Date.now() - 90 * dayMs;
  return [{ userid: "user0004", name: "赵敏", stateCode: "86", mobile: "13800000004", leftAt, reason: "leave" }];
}

/** The departments of 星河科技, as listed in the README. */
export function seedDepartments(): Department[] {
  return [
    { id: 1, name: "星河科技", parentId: null, order: 0, managers: ["user0011"] },
    { id: 10, name: "技术中心", parentId: 1, order: 10, managers: ["user0002"] },
    { id: 101, name: "平台研发部", parentId: 10, order: 11, managers: ["user0002"] },
    { id: 103, name: "质量保障部", parentId: 10, order: 12, managers: ["user0008"] },
    { id: 102, name: "应急小组", parentId: 1, order: 20, managers: ["user0002"] },
    { id: 20, name: "市场中心", parentId: 1, order: 30, managers: ["user0009"] },
    { id: 201, name: "品牌部", parentId: 20, order: 31, managers: ["user0009"] },
    { id: 202, name: "华东销售部", parentId: 20, order: 32, managers: ["user0010"] },
    { id: 30, name: "职能中心", parentId: 1, order: 40, managers: ["user0012"] },
    { id: 301, name: "人力资源部", parentId: 30, order: 41, managers: ["user0012"] },
    { id: 302, name: "财务部", parentId: 30, order: 42, managers: ["user0013"] },
    { id: 40, name: "总经理办公室", parentId: 1, order: 50, managers: ["user0011"] },
  ];
}
