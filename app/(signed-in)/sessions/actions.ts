"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { requireViewer } from "@/lib/auth/viewer";
import { endOtherSessions, endOwnSession } from "@/lib/sessions/own";

const form = z.object({ id: z.string().min(1).max(64) });

export async function endOne(data: FormData) {
  const viewer = await requireViewer();
  await endOwnSession(viewer, form.parse(Object.fromEntries(data)).id);
  revalidatePath("/sessions");
}

export async function endOthers() {
  const viewer = await requireViewer();
  await endOtherSessions(viewer);
  revalidatePath("/sessions");
}
