import { type Words } from "@/lib/i18n/words";
import { type DingTalkApp } from "./bridge";
import { type SilentState } from "./state";

/** What the server gives the page's script. None of it is secret from the browser that receives it. */
export type SilentSettings = {
  app: DingTalkApp;
  returnTo: string;
  /** Proves that our own page sent the code. */
  csrfToken: string;
  /** The address of the script with DingTalk's bridge. */
  bridgeScript: string;
  first: Extract<SilentState, "idle" | "loading" | "foreign">;
  words: Words["silent"];
};

/** The elements that the script draws into. */
export const elementIds = {
  settings: "settings",
  title: "title",
  message: "message",
  what: "what",
  step: "step",
  again: "again",
};
