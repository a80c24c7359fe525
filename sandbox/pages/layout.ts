import { html, raw } from "hono/html";
import { browserFile } from "../browser";
import { type SandboxContext } from "../context";
import { type Words } from "./words";

export type Markup = ReturnType<typeof html>;

type Page = { words: Words; title: string; body: Markup; kind: "wide" | "panel" | "frame" | "phone" };

/** A whole page in the sandbox's one look. Only pages made for it may stand in another page's frame. */
export function renderPage(c: SandboxContext, page: Page): Response | Promise<Response> {
  if (page.kind !== "frame") c.header("content-security-policy", "frame-ancestors 'none'");
  c.header("cache-control", "no-store");
  return c.html(html`<!doctype html>
<html lang="${page.words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${page.title} · ${page.words.sandbox}</title>
<link rel="icon" href="data:,">
<style>${raw(browserFile("base.css") + browserFile("parts.css"))}</style>
</head>
<body class="${page.kind}"><main>${page.body}</main></body>
</html>`);
}

export function inlineScript(...texts: string[]): Markup {
  return html`<script>${raw(texts.join("\n"))}</script>`;
}
