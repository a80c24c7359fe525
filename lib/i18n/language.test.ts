import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseLanguage } from "./language";
import { readLanguage } from "./languages";

const android =
  "Mozilla/5.0 (Linux; U; Android 13; en-US) AliApp(DingTalk/7.6.50) com.alibaba.android.rimet/41021012 language/zh-CN abi/64";
const ios =
  "Mozilla/5.0 (iPhone) AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 language/zh-Hans-CN UT4Aplus/0.0.6 WK";
const english =
  "Mozilla/5.0 (iPhone) AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 language/en-US UT4Aplus/0.0.6 WK";
const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/128.0.0.0 Safari/537.36";

function choose(clues: Partial<Parameters<typeof chooseLanguage>[0]>) {
  return chooseLanguage({ cookie: null, userAgent: chrome, acceptLanguage: null, ...clues });
}

describe("the language of a page", () => {
  test("a choice made by hand wins", () => {
    expect(choose({ cookie: "en", userAgent: android, acceptLanguage: "zh-CN" })).toBe("en");
  });

  test.each([
    [android, "zh-CN"],
    [ios, "zh-CN"],
    [english, "en"],
  ])("DingTalk's own setting wins over the browser's", (userAgent, language) => {
    const acceptLanguage = language === "en" ? "zh-CN" : "en-US";
    expect(choose({ userAgent, acceptLanguage })).toBe(language);
  });

  test("a browser that merely mentions a language is not DingTalk", () => {
    expect(choose({ userAgent: `${chrome} language/en-US`, acceptLanguage: "zh-CN" })).toBe("zh-CN");
  });

  test.each([
    ["en-GB,en;q=0.9", "en"],
    ["zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["fr-FR,fr;q=0.9,en;q=0.8", "en"],
    ["en;q=0.5,zh;q=0.9", "zh-CN"],
    ["en;q=0,zh", "zh-CN"],
    ["EN", "en"],
    ["fr", "zh-CN"],
    ["*", "zh-CN"],
    ["", "zh-CN"],
    [";;,q=", "zh-CN"],
    ["zh-TW,en", "zh-CN"],
    ["zh-Hant-HK,en-US", "zh-CN"],
    ["x-private,en_US,en", "en"],
    ["fr,en-AU-u-ca-buddhist,zh", "en"],
  ])("a browser asking for %j reads %s", (acceptLanguage, language) => {
    expect(choose({ acceptLanguage })).toBe(language);
  });

  test("DingTalk's setting counts for nothing when we do not write it", () => {
    const french = english.replace("language/en-US", "language/fr-FR");
    expect(choose({ userAgent: french, acceptLanguage: "en" })).toBe("en");
  });

  test("no header can break a page", () => {
    const scraps = fc.string({
      unit: fc.constantFrom("zh", "en", "CN", "x", "u", "-", "_", ",", ";", "q=", "0", "1", "*", '"', " "),
    });
    fc.assert(
      fc.property(scraps, scraps, (acceptLanguage, setting) => {
        const userAgent = `DingTalk language/${setting}`;
        expect(["zh-CN", "en"]).toContain(choose({ acceptLanguage, userAgent }));
      }),
    );
  });

  test("a cookie with anything else in it is no choice", () => {
    expect(choose({ cookie: "de", acceptLanguage: "en" })).toBe("en");
    expect(readLanguage("__proto__")).toBeNull();
    expect(readLanguage(undefined)).toBeNull();
  });
});
