import { describe, expect, test } from "vitest";
import { isCrossSite } from "./origin";

const own = "https://login.example.com";
const ask = (headers: Record<string, string>) => isCrossSite(new Headers(headers), own);

describe("S13 a request that changes something", () => {
  test.each<Record<string, string>>([
    { origin: own, "sec-fetch-site": "same-origin" },
    { origin: own },
    { "sec-fetch-site": "same-origin" },
    {},
  ])("is our own with %o", (headers) => {
    expect(ask(headers)).toBe(false);
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "" },
    { origin: `${own}/` },
    { origin: `${own}:8443` },
    { origin: "http://login.example.com" },
    { origin: `${own}.evil.example` },
    { origin: "https://evil.login.example.com" },
    { origin: `${own}, ${own}` },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "" },
    { origin: own, "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
  ])("is cross-site with %o", (headers) => {
    expect(ask(headers)).toBe(true);
  });
});
