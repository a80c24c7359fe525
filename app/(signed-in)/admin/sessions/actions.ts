"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin, requireRecent } from "@/lib/auth/viewer";
import { currentWords } from "@/lib/i18n/current";
import { revokeCompanySessions, revokeSession } from "@/lib/sessions/company";

const oneForm = z.object({ id: z.string().min(1).max(64) });
const allForm = z.object({ word: z.string().trim().toLowerCase(), keepsOwn: z.literal("on").optional() });

export async function endOne(data: FormData) {
  const admin = await requireAdmin();
  const isEnded = await revokeSession(admin, oneForm.parse(Object.fromEntries(data)).id);
  redirect(`/admin/sessions?ended=${isEnded ? 1 : 0}`);
}

export async function endAll(data: FormData) {
  const admin = requireRecent(await requireAdmin(), "/admin/sessions?again=1");
  const { word, keepsOwn } = allForm.parse(Object.fromEntries(data));
  const { companySessions } = await currentWords();
  if (word !== companySessions.endAll.word) redirect("/admin/sessions?mismatch=1");
  const ended = await revokeCompanySessions(admin, { keepsOwn: keepsOwn === "on" });
  redirect(`/admin/sessions?ended=${ended}`);
}
