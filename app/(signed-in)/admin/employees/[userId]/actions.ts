"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { grantMobile } from "@/lib/auth/mobile-grant";
import { requireAdmin, requireRecent } from "@/lib/auth/viewer";
import { reloadProfile } from "@/lib/employees/profile";
import { revokeSession } from "@/lib/sessions/company";
import { revokeSessionsOf } from "@/lib/sessions/manage";

// PostgreSQL cannot store a zero byte in text.
const text = z
  .string()
  .min(1)
  .max(64)
  .regex(/^\P{Cc}+$/u);
const form = z.object({ userId: text });
const oneForm = z.object({ userId: text, id: text });

export async function endSession(data: FormData) {
  const admin = await requireAdmin();
  const { userId, id } = read(oneForm, data);
  const isEnded = await revokeSession(requireRecent(admin, `${pathOf(userId)}?again=one`), id);
  redirect(`${pathOf(userId)}?ended=${isEnded ? 1 : 0}`);
}

export async function endSessions(data: FormData) {
  const admin = await requireAdmin();
  const { userId } = read(form, data);
  const ended = await revokeSessionsOf(requireRecent(admin, `${pathOf(userId)}?again=all`), userId);
  redirect(`${pathOf(userId)}?ended=${ended}`);
}

/** Reads the record from DingTalk again. The address that follows names what changed, and no value. */
export async function askAgain(data: FormData) {
  const admin = await requireAdmin();
  const { userId } = read(form, data);
  const changes = await reloadProfile(admin, userId);
  redirect(`${pathOf(userId)}?asked=${changes ? changes.join(".") : "unanswered"}`);
}

/** Lets the next view of the page show the mobile number that the employee hides. */
export async function showMobile(data: FormData) {
  const admin = await requireAdmin();
  const { userId } = read(form, data);
  await grantMobile(admin, userId);
  redirect(pathOf(userId));
}

function read<Fields>(schema: z.ZodType<Fields>, data: FormData): Fields {
  return schema.safeParse(Object.fromEntries(data)).data ?? notFound();
}

function pathOf(userId: string): `/admin/employees/${string}` {
  return `/admin/employees/${encodeURIComponent(userId)}`;
}
