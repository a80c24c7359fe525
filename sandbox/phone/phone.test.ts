import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";
import { readOptions } from "../settings";
import { createStore } from "../store";
import { scanDestination } from "./routes";

const phone = { userid: "user0002", client: "ios" } as const;

function scan(text: string): string | null {
  return scanDestination(createStore(readOptions()), phone, text);
}

const inWebview = "http://127.0.0.1:3101/_webview/open?person=user0002&client=ios&to=%2Fscan%2Fabc%3Fx%3D1";

test("a login QR code opens its confirmation with the phone's owner", () => {
  expect(scan("http://localhost:3100/oauth2/qr_confirm.htm?code=abc")).toBe(
    "/oauth2/qr_confirm.htm?code=abc&person=user0002",
  );
});

test("an address of the app opens in the webview, bare or inside a dingtalk link", () => {
  const address = "http://localhost:3000/scan/abc?x=1";
  const inner = encodeURIComponent(address);
  expect(scan(address)).toBe(inWebview);
  expect(scan(`dingtalk://dingtalkclient/page/link?url=${inner}&pc_slide=true`)).toBe(inWebview);
  expect(scan(`dingtalk://dingtalkclient/action/openapp?corpid=c&redirect_url=${inner}`)).toBe(inWebview);
});

test("any other text leads nowhere", () => {
  for (const text of ["https://example.com/", "hello", "dingtalk://dingtalkclient/page/link"])
    expect(scan(text)).toBeNull();
});

test("the workbench replaces $CORPID$", async () => {
  const { ask, set, store } = createCaller();
  await set({ homePath: "/?corpId=$CORPID$" });
  const answer = await ask("GET", "/_sandbox/phone/open?person=user0001&client=mac");
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.searchParams.get("to")).toBe(`/?corpId=${store.options.corpId}`);
});

test("the phone lists the QR codes that wait for a scan", async () => {
  const { ask, app } = createCaller();
  expect((await ask("GET", "/_sandbox/phone")).text).toContain("没有等待扫描的二维码");
  const body = new URLSearchParams({
    client_id: "dingsandbox0client0001",
    redirect_uri: "http://localhost:3000/cb",
    response_type: "code",
    scope: "openid",
    prompt: "consent",
  });
  await app.request("/oauth2/generate_qrcode", { method: "POST", body });
  expect((await ask("GET", "/_sandbox/phone")).text).toContain("扫这个码");
});
