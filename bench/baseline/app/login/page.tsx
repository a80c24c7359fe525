"use client";

import { signIn } from "next-auth/react";

export default function LoginPage() {
  return (
    <button type="button" onClick={() => signIn("dingtalk", { callbackUrl: "/profile" })}>
      Sign in with DingTalk
    </button>
  );
}
