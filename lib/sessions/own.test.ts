import { expect, test, vi } from "vitest";
import { person } from "../../test/dingtalk";
import { sitDown } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { requireViewer } from "../auth/viewer";
import { db } from "../db/client";
import { auditEvents } from "../db/schema";
import { hashSecret } from "../secrets";
import { findLiveSession } from "./live";
import { endOtherSessions, endOwnSession, ownSessions } from "./own";

vi.mock("next/headers", () => import("../../test/next-headers"));

createWorld();

async function kinds() {
  const handle = await db();
  return (await handle.select().from(auditEvents)).map(({ kind }) => kind);
}

test("S25 a viewer sees his own open sessions and ends one of them", async () => {
  await sitDown(person("user0003"));
  const elsewhere = await sitDown(person("user0001"));
  const here = await sitDown(person("user0001"));
  const viewer = await requireViewer();
  expect((await ownSessions(viewer)).map(({ id }) => id).sort()).toEqual([elsewhere, here].map(hashSecret).sort());
  await endOwnSession(viewer, hashSecret(elsewhere));
  expect(await findLiveSession(elsewhere)).toBeNull();
  expect(await findLiveSession(here)).not.toBeNull();
  expect(await kinds()).toEqual(["session_ended"]);
});

test("S29 a viewer cannot end somebody else's session, and the trail claims nothing", async () => {
  const theirs = await sitDown(person("user0003"));
  await sitDown(person("user0001"));
  const viewer = await requireViewer();
  for (const id of [hashSecret(theirs), theirs, "", "unknown"]) await endOwnSession(viewer, id);
  await endOtherSessions(viewer);
  expect(await findLiveSession(theirs)).not.toBeNull();
  expect(await kinds()).toEqual([]);
});

test("S25 a viewer ends all sessions but the one that asks", async () => {
  const others = [await sitDown(person("user0001")), await sitDown(person("user0001"))];
  const here = await sitDown(person("user0001"));
  await endOtherSessions(await requireViewer());
  for (const id of others) expect(await findLiveSession(id)).toBeNull();
  expect(await findLiveSession(here)).not.toBeNull();
});
