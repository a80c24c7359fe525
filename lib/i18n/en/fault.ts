import { type Translation } from "../fill";
import { type fault as chinese } from "../zh-CN/fault";

export const fault: Translation<typeof chinese> = {
  title: "This page could not be loaded",
  what: "Something went wrong on our side. Nothing of yours was changed.",
  next: "Please try again. If it keeps happening, give your administrator the reference below.",
  reference: "Reference",
  again: "Try again",
  home: "Go to the start page",
};
