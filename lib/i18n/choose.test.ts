import { NextRequest } from "next/server";
import { describe, expect, test } from "vitest";
import { serve } from "../../test/browser";
import { setRequest } from "../../test/next-headers";
import { createWorld, goodSettings, withSingleton } from "../../test/world";
import { readEnv } from "../env";
import { answerLanguageForm } from "./choose";
import { currentLanguage } from "./current";

createWorld();

const own = goodSettings.NEXTAUTH_URL;
const form = { "content-type": "application/x-www-form-urlencoded", origin: own };

function send(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new NextRequest(`${own}/language`, { method: "POST", body, headers: { ...form, ...headers } });
  return serve(request, answerLanguageForm);
}

describe("the language form", () => {
  test("S23 sets a cookie that is bound to this host, and leads back to its page", async () => {
    const answer = await send("language=en", { referer: `${own}/login?error=denied` });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/login?error=denied"]);
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-language=en;/);
    for (const attribute of ["Path=/", "Secure", "HttpOnly", "SameSite=lax"]) expect(cookie).toContain(attribute);
  });

  test.each([
    ["origin", "https://evil.test"],
    ["sec-fetch-site", "cross-site"],
    ["sec-fetch-site", "same-site"],
  ])("S13 of another site is refused: %s %s", async (header, value) => {
    const answer = await send("language=en", { [header]: value });
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test.each([
    ["an unknown language", "language=tlh"],
    ["no language", ""],
    ["a long body", `language=en&x=${"x".repeat(20_000)}`],
  ])("S34 with %s is refused", async (_name, body) => {
    const answer = await send(body);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
  });

  test.each([
    ["multipart/form-data; boundary=x", "--x\r\nlanguage=en", 400],
    ["application/json", '{"language":"en"}', 415],
    ["application/json", "{", 415],
  ])("S34 sent as %s with the body %j is refused", async (type, body, status) => {
    const answer = await send(body, { "content-type": type });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  });

  test.each(["https://evil.test/a", "javascript:alert(1)", "not an address"])(
    "S5 leads only to a path of this app, whatever the referer: %s",
    async (referer) => {
      expect((await send("language=en", { referer })).headers.get("location")).toMatch(/^\/(?![/\\])/);
    },
  );
});

describe("the language of a page", () => {
  test("is the one chosen by hand", async () => {
    setRequest({ cookies: { "__Host-language": "en" }, headers: { "accept-language": "zh-CN" } });
    expect(await currentLanguage()).toBe("en");
  });

  test("is also the one that version 0.1.0 remembered, until the next choice", async () => {
    setRequest({ cookies: { language: "en" }, headers: { "accept-language": "zh-CN" } });
    expect(await currentLanguage()).toBe("en");
    setRequest({ cookies: { language: "en", "__Host-language": "zh-CN" } });
    expect(await currentLanguage()).toBe("zh-CN");
  });

  test("over http is remembered without the prefix, which needs https", async () => {
    const local = readEnv({ ...goodSettings, NEXTAUTH_URL: "http://localhost:3000", ALLOW_WEAK_SETTINGS: "true" });
    await withSingleton("env", local, async () => {
      const headers = { ...form, origin: "http://localhost:3000" };
      const request = new NextRequest("http://localhost:3000/language", {
        method: "POST",
        body: "language=en",
        headers,
      });
      const [cookie = ""] = (await serve(request, answerLanguageForm)).headers.getSetCookie();
      expect(cookie).toMatch(/^language=en;/);
      expect(cookie).not.toContain("Secure");
    });
  });
});
