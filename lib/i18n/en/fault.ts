import { type fault as chinese } from "../zh-CN/fault";

export const fault: typeof chinese = {
  title: "This page could not be opened",
  what: "Something went wrong on our side. Nothing of yours was changed.",
  next: "Please try again. If it keeps happening, give your administrator the number below.",
  reference: "Number",
  again: "Try again",
  home: "Go to the start page",
};
