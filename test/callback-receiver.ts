import { createServer } from "node:http";
import { decrypt, encrypt, sign } from "../sandbox/events/crypto";
import { isObject } from "../sandbox/http";
import { portOf } from "../sandbox/listen";

type Keys = { token: string; aesKey: string; owner: string };
/** What the receiver does with an event: it accepts it, refuses it with a 500, or answers another text than success. */
type Reaction = "accept" | "refuse" | "contradict";

/** An app that receives callbacks as DingTalk's document describes: it checks the signature, decrypts, and answers. */
export async function startCallbackReceiver(keys: Keys, react: (count: number) => Reaction = () => "accept") {
  const received: Record<string, unknown>[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const query = new URL(incoming.url ?? "", "http://localhost").searchParams;
    const body: unknown = JSON.parse((await incoming.toArray()).join(""));
    const encrypted = String(isObject(body) && body.encrypt);
    const expected = sign(keys.token, String(query.get("timestamp")), String(query.get("nonce")), encrypted);
    if (expected !== query.get("msg_signature")) return outgoing.writeHead(403).end();
    const event: unknown = JSON.parse(decrypt(keys, encrypted));
    if (isObject(event)) received.push(event);
    const reaction = react(received.length);
    if (reaction === "refuse") return outgoing.writeHead(500).end();
    outgoing.end(JSON.stringify({ encrypt: encrypt(keys, reaction === "accept" ? "success" : "failure") }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server)}/events`, received, close: () => void server.close() };
}
