"use server";

import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { decideScan } from "@/lib/auth/scan";
import { signOut } from "@/lib/auth/sign-out";

const ticket = z.string().regex(/^[\w-]{43}$/);
const form = z.discriminatedUnion("decision", [
  z.object({ ticket, decision: z.literal("decline") }),
  z.object({ ticket, decision: z.literal("approve"), number: z.string().trim().max(8) }),
]);

export async function submitDecision(data: FormData) {
  const { success, data: fields } = form.safeParse(Object.fromEntries(data));
  if (!success) notFound();
  const { ticket: id, ...answer } = fields;
  const decision = await decideScan(id, answer);
  const isOver = decision !== null && decision !== "too_late";
  redirect(isOver ? `/scan/${id}?result=${decision}` : `/scan/${id}`);
}

export async function signInAgain(data: FormData) {
  const { success, data: id } = ticket.safeParse(data.get("ticket"));
  if (!success) notFound();
  await signOut();
  redirect(`/login?${new URLSearchParams({ returnTo: `/scan/${id}` })}`);
}
