import { type Translation } from "../fill";
import { type devices as chineseDevices, type notification as chineseNotification } from "../zh-CN/devices";

export const devices: Translation<typeof chineseDevices> = {
  title: "Signed-in devices",
  lead: "These browsers are signed in to your account now. Sign out any you don’t know.",
  end: "Sign out",
  endNamed: "Sign out {device}",
  endOthers: "Sign out all other devices",
  onlyThis: "Only this device is signed in.",
  approvedBy: "approved on {phone}",
  aPhone: "a phone",
};

export const notification: Translation<typeof chineseNotification> = {
  title: "New sign-in",
  device: "{device} was just signed in",
  aDevice: "A device",
  time: "Time: {time}",
  network: "Network: {ip}",
  advice: "Not you? Check now and sign that device out.",
  link: "See signed-in devices",
};
