import { z } from "zod";
import { eventOrderSchema, sendEvent } from "../events/send";
import { jsonResponse, type SandboxApp } from "../http";
import { type Store } from "../store";
import { askToDisconnect } from "../stream/handshake";
import { noContent, readJson } from "./request";

const endSchema = z.strictObject({ how: z.enum(["drop", "mute", "disconnect"]) });

export type StreamEnd = z.output<typeof endSchema>["how"];

/** The events that the sandbox sent, an event on order, and the Stream connections. */
export function addEventRoutes(control: SandboxApp, store: Store): void {
  control.get("/events", () => jsonResponse(store.events));
  control.post("/events", async (c) => jsonResponse(await sendEvent(store, eventOrderSchema.parse(await readJson(c)))));
  control.get("/stream", () => jsonResponse(listConnections(store)));
  control.post("/stream", async (c) => {
    endConnections(store, endSchema.parse(await readJson(c)).how);
    return noContent();
  });
}

function listConnections(store: Store) {
  return [...store.stream.connections].map(({ client, openedAt, pings, isOpen }) => ({
    ...client,
    openedAt,
    pings,
    isOpen,
  }));
}

/** Ends all connections: without a close frame, silently, or as DingTalk does when it moves a client to another server. */
function endConnections(store: Store, how: StreamEnd): void {
  for (const connection of store.stream.connections) {
    if (how === "drop") connection.drop();
    if (how === "mute") connection.mute();
    if (how === "disconnect") askToDisconnect(store, connection, "server is going offline");
  }
}
