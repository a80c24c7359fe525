"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { signOut } from "@/lib/auth/sign-out";
import { requireViewer } from "@/lib/auth/viewer";
import { markReviewed, rejectSignIn } from "@/lib/sessions/new-device";

const form = z.object({ id: z.string().min(1).max(64) });

export async function leave() {
  await signOut();
  redirect("/login");
}

/** The employee recognises a sign-in on a new device. */
export async function confirmNewSignIn(data: FormData) {
  const viewer = await requireViewer();
  await markReviewed(viewer, form.parse(Object.fromEntries(data)).id);
  revalidatePath("/", "layout");
}

/** The employee does not recognise it, and signs that device out. */
export async function rejectNewSignIn(data: FormData) {
  const viewer = await requireViewer();
  await rejectSignIn(viewer, form.parse(Object.fromEntries(data)).id);
  revalidatePath("/", "layout");
}
