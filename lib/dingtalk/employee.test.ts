import { describe, expect, test } from "vitest";
import { type Employee, employeeSchema } from "./employee";
import { employeeLegacySchema } from "./employee-legacy";
import { employeeV2Schema } from "./employee-v2";

// DingTalk answers an order above 2^53. Nothing computes with it.
const v2 = {
  userid: "user0001",
  unionid: "vR7sT2uW9xYiEiE",
  name: "李雷",
  avatar: "https://static-legacy.dingtalk.com/media/x.png",
  state_code: "86",
  mobile: "13800000001",
  hide_mobile: false,
  telephone: "010-86123456-2345",
  job_number: "E1001",
  title: "研发工程师",
  manager_userid: "user0002",
  email: "lilei@example.com",
  org_email: "lilei@corp.example",
  org_email_type: "base",
  work_place: "杭州",
  remark: "",
  login_id: "lilei",
  exclusive_account: false,
  dept_id_list: [101, 102],
  dept_order_list: [{ dept_id: 101, order: Number("176294286838758512") }],
  leader_in_dept: [
    { dept_id: 101, leader: false },
    { dept_id: 102, leader: true },
  ],
  dept_position_list: [{ dept_id: 101, is_main: true, title: "研发工程师", work_place: "杭州" }],
  role_list: [{ id: 1507113578, name: "普通员工", group_name: "默认" }],
  hired_date: 1597573616828,
  active: true,
  real_authed: true,
  senior: false,
  admin: false,
  boss: false,
  extension: '{"爱好":"旅游"}',
  extension_i18n: "{}",
  union_emp_ext: { userid: "u1", corp_id: "dingx", union_emp_map_list: [{ userid: "u2", corp_id: "dingy" }] },
};

const legacy = {
  errcode: 0,
  errmsg: "ok",
  unionid: "vR7sT2uW9xYiEiE",
  userid: "user0001",
  name: "李雷",
  position: "研发工程师",
  tel: "010-86123456-2345",
  mobile: "13800000001",
  stateCode: "86",
  email: "lilei@example.com",
  orgEmail: "lilei@corp.example",
  workPlace: "杭州",
  remark: "",
  jobnumber: "E1001",
  managerUserid: "user0002",
  hiredDate: 1597573616828,
  active: true,
  avatar: "https://static-legacy.dingtalk.com/media/x.png",
  isSenior: false,
  isAdmin: false,
  isBoss: false,
  isHide: false,
  realAuthed: true,
  department: [101, 102],
  orderInDepts: "{101:176294286838758512}",
  isLeaderInDepts: "{101:false,102:true}",
  roles: [{ id: 1507113578, name: "普通员工", groupName: "默认", type: 102 }],
  extattr: { 爱好: "旅游" },
  tags: {},
};

const minimal = { userid: "user0006", unionid: "u6", name: "小明", active: true };

describe("an employee", () => {
  test("is parsed from the current API", () => {
    expect(employeeV2Schema.parse(v2)).toEqual({
      userId: "user0001",
      unionId: "vR7sT2uW9xYiEiE",
      name: "李雷",
      active: true,
      admin: false,
      boss: false,
      senior: false,
      realAuthed: true,
      avatarUrl: "https://static-legacy.dingtalk.com/media/x.png",
      title: "研发工程师",
      jobNumber: "E1001",
      mobile: "13800000001",
      stateCode: "86",
      hideMobile: false,
      telephone: "010-86123456-2345",
      email: "lilei@example.com",
      orgEmail: "lilei@corp.example",
      workPlace: "杭州",
      remark: null,
      loginId: "lilei",
      hiredAtMs: 1597573616828,
      managerUserId: "user0002",
      departments: [
        { id: 101, isLeader: false, isMain: true, title: "研发工程师" },
        { id: 102, isLeader: true, isMain: false, title: null },
      ],
      roles: [{ id: 1507113578, name: "普通员工", group: "默认" }],
      extension: { 爱好: "旅游" },
    });
  });

  test("is the same from the retired API, except for the fields that it does not have", () => {
    const known = employeeV2Schema.parse(v2);
    const departments = known.departments.map((department) => ({ ...department, isMain: false, title: null }));
    expect(employeeLegacySchema.parse(legacy)).toEqual({ ...known, loginId: null, departments });
  });

  test("is unchanged after being stored as JSON", () => {
    const employee: Employee = employeeV2Schema.parse(v2);
    expect(employeeSchema.parse(JSON.parse(JSON.stringify(employee)))).toEqual(employee);
  });

  test("may have only its ids, a name and the active flag", () => {
    const fromV2 = employeeV2Schema.parse(minimal);
    expect(fromV2).toMatchObject({ avatarUrl: null, mobile: null, hiredAtMs: null, departments: [], roles: [] });
    expect(fromV2).toMatchObject({ admin: false, hideMobile: false, extension: {} });
    expect(employeeLegacySchema.parse({ ...minimal, errcode: 0 })).toEqual(fromV2);
  });

  test.each([[""], [null], [undefined]])("has null or an empty value for a field that is %j", (value) => {
    const empty = {
      avatar: value,
      mobile: value,
      hired_date: value,
      dept_id_list: value,
      admin: value,
      extension: value,
    };
    expect(employeeV2Schema.parse({ ...minimal, ...empty })).toEqual(employeeV2Schema.parse(minimal));
  });

  test("accepts texts in place of numbers and booleans", () => {
    const texts = {
      ...v2,
      active: "true",
      admin: "false",
      hired_date: "1597573616828",
      dept_id_list: ["101", "102"],
      leader_in_dept: [{ dept_id: "102", leader: "true" }],
      dept_position_list: { dept_id: "101", is_main: "true", title: "研发工程师" },
      role_list: [{ id: "1507113578", name: "普通员工", group_name: "默认" }],
      extension: { 爱好: "旅游" },
    };
    expect(employeeV2Schema.parse(texts)).toEqual(employeeV2Schema.parse(v2));
  });

  test.each([
    ["not JSON", "旅游"],
    ["a list", "[1]"],
    ["null", "null"],
  ])("has no custom fields when they are %s", (_, extension) => {
    expect(employeeV2Schema.parse({ ...minimal, extension }).extension).toEqual({});
  });

  test("omits only a role or a department that cannot be parsed", () => {
    const broken = { ...minimal, role_list: [{ id: 1 }, { id: 2, name: "总监" }], dept_id_list: [101, "x", null] };
    expect(employeeV2Schema.parse(broken)).toMatchObject({ roles: [{ id: 2 }], departments: [{ id: 101 }] });
  });

  test("has only texts that every database stores as JSON", () => {
    const cut = { ...minimal, name: "小明\ud83d", remark: "a\u0000b", extension: { "k\udc00": 7, list: [1] } };
    expect(employeeV2Schema.parse(cut)).toMatchObject({ name: "小明", remark: "ab", extension: { k: "7" } });
  });

  test.each([
    { active: undefined },
    { active: "maybe" },
    { active: 1 },
    { admin: "yes" },
    { userid: "" },
    { unionid: null },
  ])("S8 is rejected when a field that decides on the sign-in cannot be parsed: %j", (broken) => {
    expect(employeeV2Schema.safeParse({ ...minimal, ...broken }).success).toBe(false);
  });

  test("S8 is rejected when the response does not state its success", () => {
    expect(employeeLegacySchema.safeParse(minimal).success).toBe(false);
  });
});
