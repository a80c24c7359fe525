"use server";

import { revalidatePath } from "next/cache";
import { notFound } from "next/navigation";
import { z } from "zod";
import { requireViewer } from "@/lib/auth/viewer";
import { revokeOtherSessions, revokeOwnSession } from "@/lib/sessions/manage";

const form = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

export async function endOne(data: FormData) {
  const viewer = await requireViewer();
  const { success, data: fields } = form.safeParse(Object.fromEntries(data));
  if (!success) notFound();
  await revokeOwnSession(viewer, fields.id);
  revalidatePath("/sessions");
}

export async function endOthers() {
  const viewer = await requireViewer();
  await revokeOtherSessions(viewer);
  revalidatePath("/sessions");
}
