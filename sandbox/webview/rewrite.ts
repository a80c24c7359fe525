import { Transform } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Puts one text in the place of another, plainly and URL-encoded. */
export type Swap = { from: string; to: string };

export function swapAll(text: string, { from, to }: Swap): string {
  return text.replaceAll(from, to).replaceAll(encodeURIComponent(from), encodeURIComponent(to));
}

/** The nonce a page's inline scripts must carry, read from its Content-Security-Policy. */
export function nonceOf(policy: string | undefined): string | null {
  return policy?.match(/'nonce-([^']+)'/)?.[1] ?? null;
}

/**
 * Swaps addresses in a text as it streams by, and puts `head` right behind the first <head>. What could be the beginning of
 * something is held back until the next piece shows what it is.
 */
export function rewriteStream(swap: Swap, head: string | null): Transform {
  const decoder = new StringDecoder("utf8");
  const longest = encodeURIComponent(swap.from).length;
  let held = "";
  let isHeadDue = head !== null;

  function take(text: string, isLast: boolean): string {
    held = swapAll(held + text, swap);
    if (isHeadDue) {
      const opened = held.match(/<head(\s[^>]*)?>/i);
      if (!opened && !isLast) return "";
      isHeadDue = false;
      if (opened) held = held.replace(opened[0], () => opened[0] + head);
    }
    const cut = isLast ? held.length : Math.max(0, held.length - longest);
    const ready = held.slice(0, cut);
    held = held.slice(cut);
    return ready;
  }

  return new Transform({
    transform: (chunk, _encoding, done) => done(null, take(decoder.write(chunk), false)),
    flush: (done) => done(null, take(decoder.end(), true)),
  });
}
