import { describe, expect, test } from "vitest";
import { readCallbackEvent, readFailedEvent, readStreamEvent } from "./event";

const left = {
  id: "e1",
  type: "user_leave_org",
  corpId: "dingcorp",
  bornAtMs: 1_690_000_000_000,
  userIds: ["user0001"],
  departmentIds: [],
};

describe("an event", () => {
  test.each([{ userId: ["user0001"] }, { UserId: ["user0001"] }, { UserIds: ["user0001"] }, { userId: "user0001" }])(
    "of a callback names who changed: %j",
    (who) => {
      const fields = { EventType: left.type, EventTime: left.bornAtMs, CorpId: "dingcorp", eventId: "e1", ...who };
      expect(readCallbackEvent(JSON.stringify(fields))).toEqual(left);
    },
  );

  test("of Stream mode has its facts in the headers, as text", () => {
    const headers = { eventType: left.type, eventId: "e1", eventCorpId: "dingcorp", eventBornTime: "1690000000000" };
    const data = JSON.stringify({ timeStamp: "1690000000000", userId: ["user0001"] });
    expect(readStreamEvent({ topic: "*", ...headers }, data)).toEqual(left);
    expect(readStreamEvent({ topic: "*" }, data)).toBeNull();
    expect(readStreamEvent(headers, "no json")).toMatchObject({ userIds: [] });
  });

  test("of the failed list has an id that a second listing has too", () => {
    const entry = {
      call_back_tag: left.type,
      event_time: left.bornAtMs,
      user_leave_org: { userid: ["user0001"], corpid: "dingcorp" },
    };
    const read = readFailedEvent(entry);
    expect(read).toEqual({ ...left, id: "failed user_leave_org 1690000000000 user0001" });
    expect(readFailedEvent(entry)).toEqual(read);
    expect(readFailedEvent({})).toBeNull();
  });

  test("of departments has numbers, and unreadable ids are left out", () => {
    const fields = {
      EventType: "org_dept_modify",
      EventTime: 1,
      CorpId: "c",
      eventId: "e",
      deptId: [101, "102", "x", -1],
    };
    expect(readCallbackEvent(JSON.stringify(fields))).toMatchObject({ departmentIds: [101, 102] });
  });

  test("is none in a push that only checks the address", () => {
    expect(readCallbackEvent(JSON.stringify({ EventType: "check_url" }))).toEqual({ type: "check_url" });
    expect(readCallbackEvent("success")).toBeNull();
  });
});
