import { type Words } from "../words";

export const devices: Words["devices"] = {
  title: "Signed-in devices",
  lead: "These browsers are signed in to your account now. Sign out any you don’t know.",
  end: "Sign out",
  endNamed: (device: string) => `Sign out ${device}`,
  endOthers: "Sign out all other devices",
  onlyThis: "Only this device is signed in.",
  approvedBy: (phone: string) => `approved on ${phone}`,
  aPhone: "a phone",
};
