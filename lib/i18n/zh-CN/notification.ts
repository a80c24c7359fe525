import { formatExact } from "../format";

type Facts = { browser: string | null; system: string | null; ip: string | null; at: Date };

export const notification = {
  title: "新设备登录",
  text: ({ browser, system, ip, at }: Facts) => {
    const device = [browser, system].filter(Boolean).join(" · ") || "一台设备";
    return [
      `### ${device} 刚刚登录`,
      `- 时间：${formatExact("zh-CN", at)}`,
      ip && `- 网络：${ip}`,
      "不是你？请立即查看并退出该设备。",
    ]
      .filter(Boolean)
      .join("\n\n");
  },
  link: "查看登录设备",
};
