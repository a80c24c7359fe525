import { bridgeScript } from "../bridge-script";

/** DingTalk's bridge. A browser keeps it for good under the address of its version; under another one it is stored nowhere. */
export function GET(request: Request): Response {
  const { text, version } = bridgeScript();
  const isCurrent = new URL(request.url).searchParams.get("v") === version;
  const caching = isCurrent ? "public, max-age=31536000, immutable" : "no-store";
  return new Response(text, {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": caching },
  });
}
