import { formatExact } from "../format";
import { type Words } from "../words";

export const notification: Words["notification"] = {
  title: "New sign-in",
  text: ({ browser, system, ip, at }) => {
    const device = [browser, system].filter(Boolean).join(" · ") || "A device";
    return [
      `### ${device} was just signed in`,
      `- Time: ${formatExact("en", at)}`,
      ip && `- Network: ${ip}`,
      "Not you? Look now, and sign that device out.",
    ]
      .filter(Boolean)
      .join("\n\n");
  },
  link: "See signed-in devices",
};
