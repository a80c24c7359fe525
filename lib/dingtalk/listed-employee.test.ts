import { describe, expect, test } from "vitest";
import { employeeV2Schema } from "./employee-v2";
import { type ListedEmployee, mergeListed, readListEntry } from "./listed-employee";

/** An entry as DingTalk's document has it: without manager, roles and the fields of the other departments. */
const entry = {
  ...{ userid: "user0001", unionid: "union1", name: "李雷", avatar: "", state_code: "86", mobile: "13800000001" },
  ...{ hide_mobile: false, telephone: "", job_number: "E1", title: "工程师", email: "", org_email: "", work_place: "" },
  ...{ remark: "", dept_id_list: [7, 8], dept_order: 176_295_823_119_983_500_000n.toString(), extension: "{}" },
  ...{ hired_date: 1_600_000_000_000, active: true, admin: false, boss: false, leader: true, login_id: "" },
};

function read(changed: object): ListedEmployee {
  const found = readListEntry({ ...entry, ...changed });
  if (!found || !("listed" in found)) throw new Error("not listed");
  return found.listed;
}

const before = employeeV2Schema.parse({
  ...{ ...entry, manager_userid: "boss1", real_authed: true, role_list: [{ id: 1, name: "角色" }] },
  ...{ dept_id_list: [8], leader_in_dept: [{ dept_id: 8, leader: true }] },
  dept_position_list: [{ dept_id: 8, is_main: true, title: "组长" }],
});

describe("an entry of a department's list", () => {
  test("is read with any order number, and knows what it leaves out", () => {
    const listed = read({});
    expect(listed.employee).toMatchObject({ userId: "user0001", title: "工程师", departments: [{ id: 7 }, { id: 8 }] });
    expect([listed.given.has("title"), listed.given.has("managerUserId"), listed.given.has("roles")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test.each([{ active: undefined }, { active: "perhaps" }, { name: null }, { unionid: "" }])(
    "with %j is unclear: nothing is guessed of a person",
    (changed) => {
      expect(readListEntry({ ...entry, ...changed })).toEqual({ unclear: "user0001" });
    },
  );

  test.each([null, "user0001", [], {}, { userid: "" }, { userid: 7 }])("%j without an id is unreadable", (value) => {
    expect(readListEntry(value)).toBeNull();
  });
});

describe("the record that follows", () => {
  test("keeps what the list leaves out, and takes an empty value for empty", () => {
    const merged = mergeListed(read({ mobile: "" }), before, 7);
    expect(merged).toMatchObject({
      managerUserId: "boss1",
      roles: before.roles,
      realAuthed: true,
      mobile: null,
      title: "工程师",
    });
  });

  test("leads the department whose list it is, and the others as before", () => {
    const merged = mergeListed(read({ leader: false }), before, 7);
    expect(merged.departments).toEqual([
      { id: 7, isLeader: false, isMain: false, title: null },
      { id: 8, isLeader: true, isMain: true, title: "组长" },
    ]);
    expect(mergeListed(read({ leader: false }), before, 8).departments[1]?.isLeader).toBe(false);
    expect(mergeListed(read({ leader: undefined }), before, 8).departments[1]?.isLeader).toBe(false);
  });

  test("S9 of another person with the same userId keeps nothing", () => {
    expect(mergeListed(read({ unionid: "union2" }), before, 7)).toMatchObject({
      unionId: "union2",
      managerUserId: null,
    });
  });

  test("of a new person is what the list says", () => {
    expect(mergeListed(read({}), null, 7)).toMatchObject({
      managerUserId: null,
      roles: [],
      departments: [{ isLeader: true }, { isLeader: false }],
    });
  });
});
