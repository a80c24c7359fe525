import { randomBytes, randomUUID } from "node:crypto";
import { eventData } from "../events/body";
import { type CompanyEvent, type Outcome } from "../events/records";
import { isObject, parseObject } from "../http";

/** A message from the gateway. The data is JSON inside a string, and all headers are strings. */
export type Frame = {
  specVersion: "1.0";
  type: "SYSTEM" | "EVENT";
  headers: Record<string, string> & { topic: string; messageId: string };
  data: string;
};

/** https://open.dingtalk.com/document/direction/stream-mode-protocol-access-description */
export function eventFrame(event: CompanyEvent, times: { sentAt: number; unifiedAppId: string }): Frame {
  const headers = {
    ...baseHeaders("*", times.sentAt),
    eventType: event.type,
    eventId: event.id,
    eventCorpId: event.corpId,
    eventBornTime: String(event.bornAt),
    eventUnifiedAppId: times.unifiedAppId,
  };
  return { specVersion: "1.0", type: "EVENT", headers, data: JSON.stringify(eventData(event)) };
}

export function pingFrame(sentAt: number): Frame {
  return systemFrame("ping", { opaque: randomUUID() }, sentAt);
}

export function disconnectFrame(reason: string, sentAt: number): Frame {
  return systemFrame("disconnect", { reason }, sentAt);
}

/** The message that an answer belongs to, and what it says; null when it is no answer. */
export function readAnswer(text: string): { messageId: string; outcome: Outcome; data: string } | null {
  const answer = parseObject(text);
  if (!answer || !isObject(answer.headers)) return null;
  const data = typeof answer.data === "string" ? answer.data : "";
  return { messageId: String(answer.headers.messageId), outcome: outcomeOf(answer.code, data), data };
}

/** Not every SDK sends the documented status: without one, the code 200 counts as success. */
function outcomeOf(code: unknown, data: string): Outcome {
  if (parseObject(data)?.status === "LATER") return "later";
  return Number(code) === 200 ? "accepted" : "refused";
}

function systemFrame(topic: string, data: Record<string, string>, sentAt: number): Frame {
  return { specVersion: "1.0", type: "SYSTEM", headers: baseHeaders(topic, sentAt), data: JSON.stringify(data) };
}

/** A message id names one push: a repeated event has another one. */
function baseHeaders(topic: string, sentAt: number) {
  const messageId = `${randomBytes(4).toString("hex")}_${sentAt.toString(16)}_${randomBytes(2).toString("hex")}`;
  return { topic, messageId, contentType: "application/json", time: String(sentAt) };
}
