import { type Department } from "../records";

/** 星河科技 as drawn in the README. */
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
