import { expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { listChanges } from "./changes";

const departments = [101, 20].map((id) => ({ id, isLeader: false, isMain: id === 101, title: null }));
const roles = [{ id: 1, name: "总监", group: null }];

function store(fields: object, active = true) {
  const employee = buildEmployee("user0001", { departments, roles, mobile: "13800000001", stateCode: "86", ...fields });
  return { employee, active, fetchedAt: new Date(0), lastSignedInAt: null };
}

test("records with the same values have no changes, in whichever order DingTalk lists departments", () => {
  expect(listChanges(store({}), store({ departments: departments.toReversed() }))).toEqual([]);
});

test.each([
  [{ title: "总监" }, ["title"]],
  [{ stateCode: "852" }, ["mobile"]],
  [{ hideMobile: true }, ["hideMobile"]],
  [{ departments: departments.slice(1) }, ["departments"]],
  [{ departments: departments.map((one) => ({ ...one, isLeader: true })) }, ["departments"]],
  [{ managerUserId: "user0002", admin: true }, ["admin", "manager"]],
  [{ roles: [], avatarUrl: "https://a.example/1.png" }, ["avatar", "roles"]],
  [{ hiredAtMs: 1, workPlace: "杭州", jobNumber: "E1" }, ["jobNumber", "workPlace", "hired"]],
  [{ remark: "x" }, ["rest"]],
  [{ extension: { 爱好: "旅游" } }, ["rest"]],
])("%j is named as %j", (fields, changes) => {
  expect(listChanges(store({}), store(fields))).toEqual(changes);
});

test("an employee who left is named as a change of state", () => {
  expect(listChanges(store({}), store({}, false))).toEqual(["active"]);
});
