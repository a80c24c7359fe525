import { describe, expect, test } from "vitest";
import { describeEvent } from "../components/audit/describe";
import { auditKinds } from "../lib/audit/events";
import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { refusals } from "../lib/refusals";
import { type TrailEvent } from "../lib/trail/list";

type Told = Pick<TrailEvent, "kind" | "reason" | "count" | "person" | "actor">;

const person = { userId: "user0001", name: "李雷" };
const actor = { userId: "user0002", name: "韩梅梅" };

/** The reasons of each kind, as docs/audit.md lists them. */
const reasonsOf: Record<string, (string | null)[]> = {
  refused: [...refusals],
  ticket_decided: ["approved", "declined", "wrong_number", "too_late"],
  session_ended: ["signed_out", "rejected", "revoked", "over_limit"],
  sessions_ended: ["revoked"],
  company_sessions_ended: ["revoked"],
  employee_erased: [null, "forced"],
  employee_deactivated: ["leaver"],
  directory_searched: ["李*"],
  sessions_searched: ["1**"],
  audit_searched: ["李*"],
  directory_exported: ["12 rows, state=active"],
  audit_exported: ["1 rows, csv"],
  sync_paused: ["34"],
  sync_decided: ["deactivate", "cancel"],
  sync_ended: ["done +6 ~41 -1", "failed out_of_scope", "cancelled"],
  admin_granted: ["dingtalk", "settings"],
  admin_revoked: ["dingtalk", "settings"],
  configuration_refused: ["NEXTAUTH_SECRET"],
};

const told: Told[] = auditKinds.flatMap((kind) =>
  (reasonsOf[kind] ?? [null]).map((reason) => ({ kind, reason, count: 1, person, actor })),
);

function tell(event: Partial<Told>, words: Awaited<ReturnType<typeof wordsFor>>) {
  return describeEvent({ kind: "signed_in", reason: null, count: 1, person, actor: null, ...event }, words);
}

describe.each(languages.map(({ code }) => code))("in %s", (code) => {
  test("every kind has a name and a sentence of its own", async () => {
    const { audit } = await wordsFor(code);
    expect(Object.keys(audit.kinds)).toEqual([...auditKinds]);
    expect(new Set(Object.values(audit.kinds)).size).toBe(auditKinds.length);
    for (const kind of auditKinds) expect(Object.keys(audit.sentences)).toContain(kind);
  });

  test.each(told)("$kind with the reason $reason is told in words", async (event) => {
    const words = await wordsFor(code);
    const { template, reason } = describeEvent(event, words);
    const filledLater = ["{person}", "{actor}", "{reason}"];
    expect(filledLater).toEqual(expect.arrayContaining(template.match(/\{\w+\}/g) ?? []));
    if (!template.includes("{reason}")) return;
    expect(reason).not.toBe("");
    // Masked terms, numbers and names of settings stand for themselves; any other reason is a code.
    const isCode = event.kind !== "sync_ended" && /^[a-z_]+$/.test(event.reason ?? "");
    if (isCode) expect(Object.keys(words.audit.reasons)).toContain(event.reason);
  });

  test("what is repeated or special has another sentence", async () => {
    const words = await wordsFor(code);
    const refused = tell({ kind: "refused", reason: "outsider", count: 52 }, words);
    expect(refused.template).toContain("52");
    expect(tell({ kind: "session_ended", reason: "revoked", actor }, words)).not.toEqual(
      tell({ kind: "session_ended", reason: "revoked", actor: person }, words),
    );
    expect(tell({ kind: "employee_erased", reason: "forced" }, words).template).toContain("{reason}");
  });

  test("numbers of a sync and of an export are in their places", async () => {
    const words = await wordsFor(code);
    const { reason } = tell({ kind: "sync_ended", reason: "done +6 ~41 -1" }, words);
    expect(reason.match(/\d+/g)).toEqual(["6", "41", "1"]);
    expect(tell({ kind: "audit_exported", reason: "684 rows, csv" }, words).reason).toMatch(/684 .*csv/);
  });

  test("a kind and a reason of another release are shown as they are", async () => {
    const words = await wordsFor(code);
    expect(tell({ kind: "teleported" }, words).reason).toBe("teleported");
    expect(tell({ kind: "refused", reason: "new_reason" }, words).reason).toBe("new_reason");
    expect(tell({ kind: "sync_ended", reason: "melted" }, words).reason).toBe("melted");
  });
});
