"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin, requireRecent } from "@/lib/auth/viewer";
import { revokeSessionsOf } from "@/lib/sessions/manage";

const form = z.object({ userId: z.string().min(1).max(64) });

export async function endSessions(data: FormData) {
  const admin = await requireAdmin();
  const { userId } = form.parse(Object.fromEntries(data));
  const path = `/admin/employees/${encodeURIComponent(userId)}` as const;
  const ended = await revokeSessionsOf(requireRecent(admin, `${path}?again=1`), userId);
  redirect(`${path}?ended=${ended}`);
}
