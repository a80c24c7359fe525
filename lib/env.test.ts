import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSettings } from "../scripts/settings.mjs";
import { goodSettings } from "../test/world";
import { ConfigurationError, type Env, readEnv } from "./env";

const example: Record<string, string> = readSettings(".env.example");

function problemsOf(settings: Record<string, string | undefined>): string[] {
  try {
    readEnv(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** The names alone, in the order they are listed. */
function namesOf(settings: Record<string, string | undefined>): string[] {
  return problemsOf(settings).map((problem) => problem.split(":")[0] ?? "");
}

describe("the settings", () => {
  test("are valid for production with only the required ones", () => {
    expect(problemsOf(goodSettings)).toEqual([]);
    expect(readEnv(goodSettings)).toMatchObject({
      NODE_ENV: "production",
      DINGTALK_API_URL: "https://api.dingtalk.com",
      DINGTALK_OAPI_URL: "https://oapi.dingtalk.com",
      DINGTALK_LOGIN_URL: "https://login.dingtalk.com",
      ADMIN_USER_IDS: [],
      DATABASE_URL: null,
      TRUSTED_PROXY_COUNT: 0,
      ALLOW_WEAK_SETTINGS: false,
    });
  });

  test("S36 that are missing are all named in one error", () => {
    const missing = ["NEXTAUTH_URL", "NEXTAUTH_SECRET", "DINGTALK_CLIENT_ID", "DINGTALK_CLIENT_SECRET"];
    expect(namesOf({})).toEqual([...missing, "DINGTALK_CORP_ID"]);
    for (const problem of problemsOf({})) expect(problem).toMatch(/缺少 \/ missing$/);
  });

  test("that are empty count as missing or take their default", () => {
    const empty = Object.fromEntries(Object.keys(example).map((name) => [name, ""]));
    expect(namesOf(empty)).toEqual(namesOf({}));
    expect(readEnv({ ...goodSettings, LOG_LEVEL: "", DATA_DIR: "" })).toMatchObject({ LOG_LEVEL: "info" });
  });

  test("S36 that are malformed or weak are all named in one error", () => {
    const names = namesOf({ ...example, ALLOW_WEAK_SETTINGS: "false", LOG_LEVEL: "loud", SESSION_MAX_DAYS: "-1" });
    expect(names).toEqual(expect.arrayContaining(["LOG_LEVEL", "SESSION_MAX_DAYS", "NEXTAUTH_URL", "NEXTAUTH_SECRET"]));
  });

  test.each([
    ["NEXTAUTH_URL", "login.example.com"],
    ["NEXTAUTH_URL", "https://login.example.com/app"],
    ["NEXTAUTH_URL", "https://login.example.com/?from=here"],
    ["NEXTAUTH_URL", "https://login.example.com/#top"],
    ["NEXTAUTH_URL", "https://user:password@login.example.com"],
    ["NEXTAUTH_URL", "javascript:alert(1)"],
    ["DINGTALK_CORP_ID", "ding\ncorp"],
    ["DINGTALK_API_URL", "ftp://api.dingtalk.com"],
    ["DINGTALK_EMPLOYEE_API", "v3"],
    ["DINGTALK_CORP_TOKEN_API", "both"],
    ["SESSION_IDLE_HOURS", "0"],
    ["SESSION_IDLE_HOURS", "soon"],
    ["SESSION_MAX_DAYS", "366"],
    ["TRUSTED_PROXY_COUNT", "-1"],
    ["TRUSTED_PROXY_COUNT", "1.5"],
    ["LOG_LEVEL", "loud"],
    ["ALLOW_WEAK_SETTINGS", "perhaps"],
    ["NODE_ENV", "staging"],
  ])("S36 are rejected by name for %s=%j", (name, value) => {
    expect(namesOf({ ...goodSettings, [name]: value })).toContain(name);
  });

  test.each([
    ["https://login.example.com/", "https://login.example.com"],
    ["https://LOGIN.example.com", "https://login.example.com"],
    ["https://login.example.com:443", "https://login.example.com"],
    ["https://login.example.com:8443/", "https://login.example.com:8443"],
  ])("S5 contain %s as browsers write an origin", (given, origin) => {
    expect(readEnv({ ...goodSettings, NEXTAUTH_URL: given }).NEXTAUTH_URL).toBe(origin);
  });

  test("accept admins with spaces and trailing commas", () => {
    const { ADMIN_USER_IDS } = readEnv({ ...goodSettings, ADMIN_USER_IDS: " user0001, ,user0002 ,," });
    expect(ADMIN_USER_IDS).toEqual(["user0001", "user0002"]);
  });
});

describe("the addresses of DingTalk", () => {
  const known = ["api", "oapi", "login"].map((host) => [`DINGTALK_${host.toUpperCase()}_URL`, host] as const);
  const others = known.flatMap(([name, host]) =>
    [
      "https://dingtalk.example.com",
      `https://${host}.dingtalk.com.example.com`,
      `https://${host}.dingtalk.com@example.com`,
      `https://${host}.dingtalk.com:8443`,
      `https://${host}.dingtalk.com/v2`,
      `https://evil-${host}.dingtalk.com`,
      host === "api" ? "https://oapi.dingtalk.com" : "https://api.dingtalk.com",
    ].map((address) => [name, address] as const),
  );

  test.each(known)("S34 may be written as DingTalk does: %s", (name, host) => {
    for (const address of [`https://${host}.dingtalk.com`, `https://${host}.dingtalk.com/`])
      expect(problemsOf({ ...goodSettings, [name]: address })).toEqual([]);
  });

  test.each(others)("S34 are rejected by name when they are others: %s=%j", (name, address) => {
    expect(namesOf({ ...goodSettings, [name]: address })).toEqual([name]);
    expect(namesOf({ ...goodSettings, [name]: address, ALLOW_WEAK_SETTINGS: "true" })).toEqual([name]);
  });

  test.each(known)("S34 may be others with DINGTALK_ALLOW_OTHER_HOSTS, by https only: %s", (name) => {
    const settings = { ...goodSettings, DINGTALK_ALLOW_OTHER_HOSTS: "true" };
    expect(problemsOf({ ...settings, [name]: "https://dingtalk.example.com:8443/gateway" })).toEqual([]);
    for (const address of ["http://dingtalk.example.com", "https://localhost:3100", "http://127.0.0.1:3100"])
      expect(namesOf({ ...settings, [name]: address })).toEqual([name]);
  });
});

describe("weak settings", () => {
  const weak: Record<string, string[]> = {
    NEXTAUTH_URL: ["http://login.example.com", "http://10.0.0.5:3000"],
    NEXTAUTH_SECRET: ["q7Xv2pLr9mWc4tZk8sBd1nHf6jGy3uE", "a".repeat(64), "abcabc".repeat(10)],
    NEXTAUTH_SECRET_FORMER: ["q7Xv2pLr9mWc4tZk8sBd1nHf6jGy3uE"],
    DINGTALK_CLIENT_ID: ["dingsandbox0client0001"],
    DINGTALK_CLIENT_SECRET: ["sandbox-secret-not-for-production-0001"],
    DINGTALK_CORP_ID: ["dingsandbox0corp00000001"],
    DINGTALK_API_URL: ["http://api.dingtalk.com", "http://localhost:3100", "https://localhost:3100"],
    DINGTALK_OAPI_URL: ["http://127.0.0.1:3100", "https://127.0.0.2"],
    DINGTALK_LOGIN_URL: ["http://[::1]:3100", "https://[::1]:3100"],
  };
  const each = Object.entries(weak).flatMap(([name, values]) => values.map((value) => [name, value] as const));

  test.each(each)("S36 are rejected by name: %s=%j", (name, value) => {
    expect(namesOf({ ...goodSettings, [name]: value })).toEqual([name]);
  });

  test.each(each)("S36 are rejected outside loopback even with ALLOW_WEAK_SETTINGS: %s=%j", (name, value) => {
    expect(namesOf({ ...goodSettings, [name]: value, ALLOW_WEAK_SETTINGS: "true" })).toEqual([name]);
    expect(namesOf({ ...goodSettings, [name]: value, NODE_ENV: "development" })).toEqual([name]);
  });

  test.each([
    "http://localhost.example.com",
    "http://localhost@example.com",
    "http://127.0.0.1.example.com:3000",
    "http://0.0.0.0:3000",
    "http://192.168.1.5:3000",
    "https://login.example.com/?http://localhost",
  ])("S36 are not allowed on %s, which only looks like loopback", (NEXTAUTH_URL) => {
    const settings = { ...example, NEXTAUTH_URL, ALLOW_WEAK_SETTINGS: "true" };
    expect(namesOf(settings)).toEqual(expect.arrayContaining(["NEXTAUTH_SECRET", "DINGTALK_API_URL"]));
  });

  test.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "https://localhost"])(
    "are allowed on %s only with ALLOW_WEAK_SETTINGS",
    (NEXTAUTH_URL) => {
      expect(problemsOf({ ...example, NEXTAUTH_URL })).toEqual([]);
      expect(problemsOf({ ...example, NEXTAUTH_URL, ALLOW_WEAK_SETTINGS: "" })).not.toEqual([]);
    },
  );

  test("are allowed with every spelling of true that is read as true", () => {
    for (const yes of ["true", "1", "yes", "on"])
      expect([yes, problemsOf({ ...example, ALLOW_WEAK_SETTINGS: yes })]).toEqual([yes, []]);
  });

  test("do not allow malformed ones", () => {
    expect(namesOf({ ...example, LOG_LEVEL: "loud" })).toEqual(["LOG_LEVEL"]);
  });
});

describe("a configuration error", () => {
  const secretNames = ["NEXTAUTH_SECRET", "DINGTALK_CLIENT_SECRET", "DATABASE_URL"];
  const values = fc.string({ minLength: 6, maxLength: 40 }).filter((value) => !/^[\s\w]{0,9}$/.test(value));

  test("S7 never contains the value of a setting, whichever setting it is", () => {
    const names = fc.constantFrom(...Object.keys(example), ...secretNames);
    fc.assert(
      fc.property(names, values, (name, value) => {
        const settings = { ...example, ALLOW_WEAK_SETTINGS: "false", [name]: value };
        try {
          readEnv(settings);
        } catch (error) {
          expect(inspect(error, { depth: 9 })).not.toContain(value);
        }
      }),
    );
  });

  test("S7 never contains the weak secrets that it reports", () => {
    const problems = problemsOf({ ...example, ALLOW_WEAK_SETTINGS: "false" }).join("\n");
    for (const name of ["NEXTAUTH_SECRET", "DINGTALK_CLIENT_SECRET"]) expect(problems).not.toContain(example[name]);
  });

  test("says in both languages what to do", () => {
    for (const problem of problemsOf({ ...example, ALLOW_WEAK_SETTINGS: "false" }))
      expect(problem).toMatch(/^[A-Z_]+: .*[一-鿿].* \/ .*[a-z]/);
  });
});

describe(".env.example", () => {
  /** Read by the scripts, which listen before the app's own settings are read. */
  const scripts = ["HOST", "PORT"];

  test("is valid unchanged on this machine", () => {
    expect(problemsOf(example)).toEqual([]);
  });

  test("S36 is rejected without ALLOW_WEAK_SETTINGS, every weak value by name", () => {
    expect(namesOf({ ...example, ALLOW_WEAK_SETTINGS: "false" })).toEqual([
      "NEXTAUTH_URL",
      "NEXTAUTH_SECRET",
      "DINGTALK_CLIENT_ID",
      "DINGTALK_CLIENT_SECRET",
      "DINGTALK_CORP_ID",
      "DINGTALK_API_URL",
      "DINGTALK_OAPI_URL",
      "DINGTALK_LOGIN_URL",
    ]);
  });

  test("contains every setting that is read, and no other", () => {
    const read: Env = readEnv(goodSettings);
    const settings = Object.keys(read).filter((name) => name !== "NODE_ENV");
    expect(
      Object.keys(example)
        .filter((name) => !scripts.includes(name))
        .sort(),
    ).toEqual(settings.sort());
  });
});
