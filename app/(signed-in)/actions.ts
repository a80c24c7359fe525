"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/auth/sign-out";

export async function leave() {
  await signOut();
  redirect("/login");
}
