"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin } from "@/lib/auth/viewer";
import { revokeSessionsOf } from "@/lib/sessions/manage";

const form = z.object({ userId: z.string().min(1).max(64) });

export async function endSessions(data: FormData) {
  const admin = await requireAdmin();
  const { userId } = form.parse(Object.fromEntries(data));
  const ended = await revokeSessionsOf(admin, userId);
  redirect(`/admin/employees/${encodeURIComponent(userId)}?ended=${ended}`);
}
