import { type IncomingHttpHeaders } from "node:http";
import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Replaces one origin by another, both as it is and URL-encoded. */
export type OriginSwap = { from: string; to: string };

const headersWithOrigins = ["origin", "referer", "location", "content-security-policy", "x-action-redirect"];

export function swapText(text: string, { from, to }: OriginSwap): string {
  return text.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to));
}

export function swapHeaders(headers: IncomingHttpHeaders, swap: OriginSwap): IncomingHttpHeaders {
  const swapped = headersWithOrigins.flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, swapText(value, swap)]] : [];
  });
  return { ...headers, ...Object.fromEntries(swapped) };
}

/** React flight data and event streams contain their own byte counts, so they pass unchanged. */
export function isRewritten(contentType: string): boolean {
  return ["text/html", "application/json", "text/plain"].some((known) => contentType.startsWith(known));
}

/** An inline script that the page's Content-Security-Policy allows. */
export function scriptElement(script: string, headers: IncomingHttpHeaders): string {
  const nonce = nonceOf([headers["content-security-policy"]].flat().join(";"));
  return `<script${nonce ? ` nonce="${nonce}"` : ""}>${script}</script>`;
}

/** The nonce that a Content-Security-Policy requires of inline scripts, or null. */
export function nonceOf(policy: string): string | null {
  return policy.match(/'nonce-([^']+)'/)?.[1] ?? null;
}

/**
 * Swaps origins in a stream of text and inserts `head` after the first <head>. The end of each chunk is buffered, because
 * an origin may continue in the next chunk.
 */
export function rewriteStream(swap: OriginSwap, head: string | null): Transform {
  const decoder = new StringDecoder("utf8");
  const longest = encodeURIComponent(swap.from).length;
  let buffered = "";
  let isHeadPending = head !== null;

  function rewrite(text: string, isLast: boolean): string {
    buffered = swapText(buffered + text, swap);
    if (isHeadPending) {
      const opened = buffered.match(/<head(\s[^>]*)?>/i);
      if (!opened && !isLast) return "";
      isHeadPending = false;
      if (opened) buffered = buffered.replace(opened[0], () => opened[0] + head);
    }
    const cut = isLast ? buffered.length : Math.max(0, buffered.length - longest);
    const ready = buffered.slice(0, cut);
    buffered = buffered.slice(cut);
    return ready;
  }

  return new Transform({
    transform: (chunk, _encoding, done) => done(null, rewrite(decoder.write(chunk), false)),
    flush: (done) => done(null, rewrite(decoder.end(), true)),
  });
}
