import { describe, expect, test } from "vitest";
import { setRequest } from "../../test/next-headers";
import { createWorld } from "../../test/world";
import { loginContext } from "./login-page";

const { dingtalk } = createWorld();

describe("the sign-in page", () => {
  test("shows DingTalk's QR code first", async () => {
    setRequest({});
    expect(await loginContext()).toMatchObject({ firstQr: "frame", isDingTalkDown: false });
  });

  test.each(["api", "oapi"])("S32 S35 shows the app's own QR code first while the %s host is down", async (host) => {
    setRequest({});
    dingtalk.setCircuits({ [host]: "open" });
    expect(await loginContext()).toMatchObject({ firstQr: "ticket", isDingTalkDown: true });
  });

  test("S32 shows DingTalk's QR code again when a probe is due", async () => {
    setRequest({});
    dingtalk.setCircuits({ api: "half_open" });
    expect(await loginContext()).toMatchObject({ firstQr: "frame", isDingTalkDown: false });
  });
});
