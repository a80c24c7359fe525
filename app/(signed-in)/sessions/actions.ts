"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireViewer } from "@/lib/auth/viewer";
import { revokeOtherSessions, revokeOwnSession } from "@/lib/sessions/manage";

const form = z.object({ id: z.string().min(1).max(64) });

export async function endOne(data: FormData) {
  const viewer = await requireViewer();
  await revokeOwnSession(viewer, form.parse(Object.fromEntries(data)).id);
  revalidatePath("/sessions");
}

export async function endOthers() {
  const viewer = await requireViewer();
  await revokeOtherSessions(viewer);
  revalidatePath("/sessions");
}
