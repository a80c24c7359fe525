type Report = { phase: "import" | "bridge" | "exchange" | "frame"; environment: string; error: string };

/**
 * Tells the server what went wrong in the page: inside a webview nobody else ever sees it. Never carries a code, and never
 * stands in the way when it cannot be delivered.
 */
export function report(body: Report): void {
  const headers = { "content-type": "application/json" };
  fetch("/api/client-reports", { method: "POST", keepalive: true, headers, body: JSON.stringify(body) }).catch(
    () => {},
  );
}
