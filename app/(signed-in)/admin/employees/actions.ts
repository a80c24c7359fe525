"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireAdmin, requireRecent } from "@/lib/auth/viewer";
import { approveLeavers, cancelSync, startSync } from "@/lib/directory/admin";

const form = z.object({ run: z.coerce.number().int().positive() });

export async function start() {
  await startSync(await requireAdmin());
  redirect("/admin/employees");
}

export async function cancel(data: FormData) {
  const admin = await requireAdmin();
  await cancelSync(admin, form.parse(Object.fromEntries(data)).run);
  redirect("/admin/employees");
}

/** Closing accounts asks for a recent sign-in, as signing people out does. (S31) */
export async function approve(data: FormData) {
  const admin = requireRecent(await requireAdmin(), "/admin/employees?again=1");
  await approveLeavers(admin, form.parse(Object.fromEntries(data)).run);
  redirect("/admin/employees");
}
