import { Hono } from "hono";
import { type SandboxApp } from "../context";
import { type Store } from "../store";
import { drawAvatar } from "./avatar";
import { startPage } from "./start";

export function createPages(store: Store): SandboxApp {
  const pages: SandboxApp = new Hono();
  pages.get("/", (c) => startPage(c, store));
  pages.get("/_sandbox/avatars/:file", (c) => {
    const person = store.people.find(c.req.param("file").replace(/\.svg$/, ""));
    if (!person) return c.notFound();
    return c.body(drawAvatar(person), 200, { "content-type": "image/svg+xml", "cache-control": "max-age=3600" });
  });
  return pages;
}
