/** How a session began: DingTalk's frame in our page, a redirect to DingTalk, silently in its client, or a ticket approved on a phone. */
export type WayIn = "frame" | "redirect" | "silent" | "ticket";
