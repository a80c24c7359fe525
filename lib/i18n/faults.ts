import { fault as english } from "./en/fault";
import { type Language } from "./languages";
import { fault as chinese } from "./zh-CN/fault";

/** What stands on a page that could not be drawn. Every page carries these words, so they are apart from the dictionaries. */
export const faults = { "zh-CN": chinese, en: english } satisfies Record<Language, unknown>;

export type FaultWords = (typeof faults)[Language];
