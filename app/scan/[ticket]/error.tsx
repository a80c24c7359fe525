"use client";

import { PageError } from "@/components/page-error";

type Props = { error: unknown; retry: () => void };

export default function ErrorPage(props: Props) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-150 content-center px-5 py-10">
      <PageError {...props} />
    </main>
  );
}
