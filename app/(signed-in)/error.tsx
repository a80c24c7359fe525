"use client";

import { PageError } from "@/components/page-error";

type Props = { error: unknown; retry: () => void };

/** The sign-in page leaves its faults to global-error, so that it carries these words once. */
export default function ErrorPage(props: Props) {
  return <PageError {...props} />;
}
