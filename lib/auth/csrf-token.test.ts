import { beforeEach, expect, test } from "vitest";
import { createBrowser } from "../../test/browser";
import { cookieChanges, setRequest } from "../../test/next-headers";
import { createWorld } from "../../test/world";
import { issueCsrfToken } from "./csrf-token";

createWorld();

const name = "__Host-csrf-token";

beforeEach(() => setRequest({}));

/** Issues a token to a browser without cookies, and returns it with the cookie. */
async function issue(): Promise<{ token: string; cookie: string }> {
  setRequest({});
  const token = await issueCsrfToken();
  const cookie = cookieChanges.find((change) => change.name === name);
  return { token, cookie: cookie?.value ?? "" };
}

test("S13 next-auth accepts the token with its cookie as its own", async () => {
  const { token, cookie } = await issue();
  const browser = createBrowser();
  browser.jar.set(name, encodeURIComponent(cookie));
  expect(await browser.csrfToken()).toBe(token);
});

test("S13 each browser gets a token of its own, in a cookie that ends with the browser", async () => {
  const [one, other] = [await issue(), await issue()];
  expect(one.token).not.toBe(other.token);
  expect(cookieChanges).toEqual([expect.objectContaining({ options: expect.objectContaining({ httpOnly: true }) })]);
  expect(cookieChanges[0]?.options).not.toMatchObject({ maxAge: expect.anything() });
});

test("a browser that has a token keeps it, so that an open page stays usable", async () => {
  const { token, cookie } = await issue();
  setRequest({ cookies: { [name]: cookie } });
  expect(await issueCsrfToken()).toBe(token);
  expect(cookieChanges).toEqual([]);
});

test("S13 a token that this server did not issue is replaced", async () => {
  const forged = "0".repeat(64);
  setRequest({ cookies: { [name]: `${forged}|${"0".repeat(64)}` } });
  expect(await issueCsrfToken()).not.toBe(forged);
  expect(cookieChanges).toHaveLength(1);
});
