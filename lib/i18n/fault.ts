import { type Language } from "./language";

type FaultWords = { title: string; what: string; next: string; reference: string; again: string; home: string };

/**
 * What the error screens say. They run in the browser, where the whole dictionaries would be weight for every page, and one
 * of them stands in for the root layout itself: so these few words live alone, in both languages.
 */
export const faultWords: Record<Language, FaultWords> = {
  "zh-CN": {
    title: "这一页没能打开",
    what: "我们这边出了点问题，你的资料没有受到影响。",
    next: "请再试一次。如果还是不行，请把下面的编号告诉管理员。",
    reference: "编号",
    again: "再试一次",
    home: "回到首页",
  },
  en: {
    title: "This page could not be opened",
    what: "Something went wrong on our side. Nothing of yours was changed.",
    next: "Please try again. If it keeps happening, give your administrator the number below.",
    reference: "Number",
    again: "Try again",
    home: "Go to the start page",
  },
};
