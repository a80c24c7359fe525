"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin, requireRecent } from "@/lib/auth/viewer";
import { revokeSessionsOf } from "@/lib/sessions/manage";

// PostgreSQL cannot store a zero byte in text.
const form = z.object({
  userId: z
    .string()
    .min(1)
    .max(64)
    .regex(/^\P{Cc}+$/u),
});

export async function endSessions(data: FormData) {
  const admin = await requireAdmin();
  const { success, data: fields } = form.safeParse(Object.fromEntries(data));
  if (!success) notFound();
  const { userId } = fields;
  const path = `/admin/employees/${encodeURIComponent(userId)}` as const;
  const ended = await revokeSessionsOf(requireRecent(admin, `${path}?again=1`), userId);
  redirect(`${path}?ended=${ended}`);
}
