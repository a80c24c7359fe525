import { singleton } from "../singleton";
import { database } from "./client";

/** Receives what a message says after its key. */
type Receive = (text: string) => void;
type Channel = { receivers: Map<string, Set<Receive>>; listening: Promise<unknown> };

/** One LISTEN for each name in the whole process, shared by everything that waits. */
const channels = singleton("channels", () => new Map<string, Channel>());

/**
 * Calls `receive` for each message about a key that any process sends with `notify`: the key, a space and a text. Resolves, with
 * the way to end it, once no message can be missed.
 */
export async function subscribeTo(name: string, key: string, receive: Receive): Promise<() => void> {
  const channel = channels().get(name) ?? listen(name);
  channels().set(name, channel);
  const { receivers, listening } = channel;
  const own = receivers.get(key) ?? new Set();
  receivers.set(key, own.add(receive));
  await listening;
  return () => {
    own.delete(receive);
    if (own.size === 0 && receivers.get(key) === own) receivers.delete(key);
  };
}

function listen(name: string): Channel {
  const receivers: Channel["receivers"] = new Map();
  const dispatch = (message: string) => {
    const [key = "", text = ""] = message.split(" ");
    for (const receiver of receivers.get(key) ?? []) receiver(text);
  };
  return { receivers, listening: database().listen(name, dispatch) };
}
