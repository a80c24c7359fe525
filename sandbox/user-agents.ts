/**
 * One user agent for each DingTalk client. All except harmony come from public logs; harmony is composed of the parts that
 * dingtalk-jsapi looks for.
 */
export const userAgents = {
  android:
    "Mozilla/5.0 (Linux; U; Android 13; zh-CN; V2203A Build/TP1A.220624.014) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UWS/5.12.0.0 Mobile Safari/537.36 AliApp(DingTalk/7.6.50) com.alibaba.android.rimet/41021012 Channel/700159 language/zh-CN abi/64 UT4Aplus/0.2.25 colorScheme/light",
  ios: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 AliApp(DingTalk/7.8.1) com.laiwang.DingTalk/46766536 Channel/201200 language/zh-Hans-CN UT4Aplus/0.0.6 WK",
  ipad: "Mozilla/5.0 (iPad; CPU OS 15_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/19H12 AliApp(DingTalk/7.6.50) com.laiwang.DingTalk/41191496 Channel/201200 Pad/iPad language/zh-Hans-CN UT4Aplus/0.0.6 WK",
  windows:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.125 Safari/537.36 dingtalk-win/1.0.0 nw(0.14.7) DingTalk(7.6.45-Release.250241020) Mojo/1.0.0 Native AppType(release) Channel/201200 Architecture/x86_64",
  mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_2_1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 Safari/537.36 DingTalk(7.6.0-macOS-macOS-MAS-38513772) nw Channel/201200 Architecture/x86_64",
  harmony:
    "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile AliApp(DingTalk/7.6.50) com.dingtalk.hmos.dingtalk/1 language/zh-CN",
} as const;

export type Client = keyof typeof userAgents;

export const clients = ["android", "ios", "ipad", "windows", "mac", "harmony"] as const satisfies readonly Client[];

/** The display names, the same in every language. */
export const clientNames: Record<Client, string> = {
  android: "Android",
  ios: "iPhone",
  ipad: "iPad",
  windows: "Windows",
  mac: "Mac",
  harmony: "HarmonyOS",
};

/** Which of the four bridge protocols the client uses. */
export function bridgeModeOf(client: Client): "android" | "ios" | "pc" | "harmony" {
  if (client === "ipad") return "ios";
  if (client === "windows" || client === "mac") return "pc";
  return client;
}

export function isClient(value: string): value is Client {
  return clients.some((client) => client === value);
}
