import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeDevice, isDingTalkClient, networkOf, readClientInfo } from "./client-info";

function ipOf(forwarded: string | null, trustedProxyCount: number): string | null {
  return readClientInfo(new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded }), trustedProxyCount).ip;
}

describe("the client's address", () => {
  test("is the connecting peer's without a trusted proxy, whatever the client sent", () => {
    expect(ipOf("198.51.100.7", 0)).toBe("198.51.100.7");
    expect(ipOf("1.1.1.1, 2.2.2.2, 198.51.100.7", 0)).toBe("198.51.100.7");
  });

  test("is the one that a trusted proxy saw", () => {
    expect(ipOf("198.51.100.7, 10.0.0.1", 1)).toBe("198.51.100.7");
    expect(ipOf("1.1.1.1, 198.51.100.7, 10.0.0.1", 1)).toBe("198.51.100.7");
  });

  test("is the one that the outer of two trusted proxies saw", () => {
    expect(ipOf("1.1.1.1, 198.51.100.7, 10.0.0.2, 10.0.0.1", 2)).toBe("198.51.100.7");
  });

  test("is the leftmost when the header has fewer entries than there are trusted proxies", () => {
    expect(ipOf("198.51.100.7", 2)).toBe("198.51.100.7");
    expect(ipOf("198.51.100.7, 10.0.0.1", 5)).toBe("198.51.100.7");
  });

  test.each([null, "", " ", ",", " , "])("is unknown for the header %j", (forwarded) => {
    expect(ipOf(forwarded, 0)).toBeNull();
  });

  test("is written as IPv4 when IPv4 arrives in an IPv6 socket", () => {
    expect(ipOf("::ffff:198.51.100.7", 0)).toBe("198.51.100.7");
    expect(ipOf("2001:db8::7", 0)).toBe("2001:db8::7");
  });

  test("never depends on the entries left of the trusted hops", () => {
    const hop = fc.ipV4();
    fc.assert(
      fc.property(fc.array(hop, { maxLength: 5 }), fc.array(hop, { minLength: 3, maxLength: 3 }), (forged, real) => {
        for (const trusted of [0, 1, 2])
          expect(ipOf([...forged, ...real].join(", "), trusted)).toBe(real[real.length - 1 - trusted]);
      }),
    );
  });

  test("comes with the user agent, cut to 512 characters", () => {
    expect(readClientInfo(new Headers({ "user-agent": "x".repeat(2000) }), 0).userAgent).toHaveLength(512);
    expect(readClientInfo(new Headers(), 0)).toEqual({ ip: null, userAgent: null });
  });
});

/** User agents from public logs. */
const dingtalk = {
  android:
    "Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2203A Build/TP1A.220624.014) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.12.0.0 Mobile Safari/537.36 AliApp(DingTalk/7.6.50) com.alibaba.android.rimet/41021012 Channel/700159 language/zh-CN abi/64 UT4Aplus/0.2.25 colorScheme/light",
  iphone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK",
  windows:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.125 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.6.45-Release.250241020) Mojo/1.0.0 Native AppType(release) Channel/201200 Architecture/x86_64",
  mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_2_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 Safari/537.36 DingTalk(7.6.0-macOS-macOS-MAS-38513772) nw Channel/201200 Architecture/x86_64",
};
const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15";

describe("a device's name", () => {
  test.each([
    [dingtalk.android, { browser: "DingTalk 7.6", system: "Android", isPhone: true }],
    [dingtalk.iphone, { browser: "DingTalk 7.8", system: "iOS", isPhone: true }],
    [dingtalk.windows, { browser: "DingTalk 7.6", system: "Windows", isPhone: false }],
    [dingtalk.mac, { browser: "DingTalk 7.6", system: "macOS", isPhone: false }],
    [chrome, { browser: "Chrome 156", system: "Windows", isPhone: false }],
    [safari, { browser: "Safari 19", system: "macOS", isPhone: false }],
  ])("is read from %s", (userAgent, device) => {
    expect(describeDevice(userAgent)).toEqual(device);
  });

  test.each([null, "", "curl"])("is null for %j", (userAgent) => {
    expect(describeDevice(userAgent)).toEqual({ browser: null, system: null, isPhone: false });
  });

  test("is null or not empty for any user agent", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (userAgent) => {
        const { browser, system } = describeDevice(userAgent);
        for (const name of [browser, system]) expect(name === null || name.length > 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

test("each of DingTalk's clients is recognised, and no other browser", () => {
  for (const userAgent of Object.values(dingtalk)) expect(isDingTalkClient(userAgent)).toBe(true);
  for (const userAgent of [chrome, safari, "", null]) expect(isDingTalkClient(userAgent)).toBe(false);
});

test.each([
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0",
  "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile",
])("isPhone is true for %s", (userAgent) => {
  expect(describeDevice(userAgent).isPhone).toBe(true);
});

test.each([
  null,
  "",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
  "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
])("isPhone is false for %s", (userAgent) => {
  expect(describeDevice(userAgent).isPhone).toBe(false);
});

describe("the network of an address", () => {
  test.each([
    ["203.0.113.24", "203.0.113.24"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::6", "2001:db8:1:2::/64"],
    ["2001:db8::6", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["not an address", "not an address"],
  ])("S42 of %s is %s", (ip, network) => {
    expect(networkOf({ ip })).toBe(network);
  });

  test("S42 is short, whatever the header holds", () => {
    expect(ipOf("x".repeat(8000), 0)).toHaveLength(64);
    expect(networkOf({ ip: null })).toBeNull();
  });
});
