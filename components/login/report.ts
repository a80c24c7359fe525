/** The step of a sign-in that failed, as the server's log names it. */
export type ReportStep = "import" | "bridge" | "exchange" | "frame";

type Report = { step: ReportStep; environment: string; error: string };

/**
 * Reports a failure in the page to the server: in a webview nothing else would show it. A report never carries a code, and
 * it is not retried when it cannot be delivered.
 */
export function report({ step, environment, error }: Report): void {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ phase: step, environment, error });
  fetch("/api/client-reports", { method: "POST", keepalive: true, headers, body }).catch(() => {});
}
