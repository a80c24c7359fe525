import { createServer } from "node:http";
import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";
import { isObject } from "../http";
import { portOf } from "../listen";
import { decrypt, encrypt, sign } from "./crypto";

// The test vector of DingTalk's own document.
const vector = {
  keys: { token: "123456", aesKey: "1234567890123456789012345678901234567890123", owner: "dingsnotzck6pm5veliw" },
  timestamp: "1614767836",
  nonce: "A7Co0cJLMzIDtMMI",
  encrypted: "YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==",
};

test("the test vector of DingTalk's document is signed and decrypted as documented", () => {
  const { keys, timestamp, nonce, encrypted } = vector;
  expect(sign(keys.token, timestamp, nonce, encrypted)).toBe("9a95a004dd16f5c307e849b994173f76aa26e5eb");
  expect(decrypt(keys, encrypted)).toBe("success");
});

test("a message for one owner cannot be decrypted for another", () => {
  const encrypted = encrypt(vector.keys, "你好");
  expect(decrypt(vector.keys, encrypted)).toBe("你好");
  expect(() => decrypt({ ...vector.keys, owner: "dingother" }, encrypted)).toThrow("another owner");
});

test("an event is signed and encrypted, and the receiver's answer is decrypted", async () => {
  const { ask, set, store } = createCaller();
  const { callbackToken: token, callbackAesKey: aesKey } = store.settings;
  const keys = { token, aesKey, owner: store.options.clientId };
  const received: unknown[] = [];
  const app = createServer(async (incoming, outgoing) => {
    const query = new URL(incoming.url ?? "", "http://localhost").searchParams;
    const body: unknown = JSON.parse((await incoming.toArray()).join(""));
    const encrypted = String(isObject(body) && body.encrypt);
    const expected = sign(token, String(query.get("timestamp")), String(query.get("nonce")), encrypted);
    if (expected !== query.get("msg_signature")) return outgoing.writeHead(403).end();
    received.push(JSON.parse(decrypt(keys, encrypted)));
    outgoing.end(JSON.stringify({ encrypt: encrypt(keys, "success") }));
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  await set({ callbackUrl: `http://127.0.0.1:${portOf(app)}/events` });
  const order = { type: "user_leave_org", userid: "user0001" };
  const answer = await ask("POST", "/_sandbox/events", { body: order });
  expect(answer.json).toEqual({ status: 200, answer: "success" });
  expect(received).toMatchObject([{ EventType: "user_leave_org", userId: ["user0001"], CorpId: store.options.corpId }]);
  const tampered = await ask("POST", "/_sandbox/events", { body: { ...order, tamper: "signature" } });
  expect(tampered.json).toEqual({ status: 403, answer: null });
  app.close();
});
