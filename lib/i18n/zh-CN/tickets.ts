import { type Decision, type Gone } from "@/lib/tickets/phone";

type Explained = { title: string; what: string };

/** What the phone says after a decision, or when there is nothing to decide any more. */
const ends: Record<
  Exclude<Decision, "too_late"> | Exclude<Gone["gone"], "waiting" | "scanned" | "approved" | "declined"> | "wait",
  Explained
> = {
  approved: { title: "已允许登录", what: "电脑会自动进入，这一页可以关了。" },
  declined: { title: "已拒绝", what: "电脑没有登录。如果不是你打开的登录页，不用再做什么。" },
  wrong_number: {
    title: "数字不对，这次登录已取消",
    what: "请在电脑上换一个新的二维码，再扫一次。如果登录页不是你打开的，请不要再扫。",
  },
  used: { title: "这个二维码已经用过了", what: "每个二维码只能用一次。需要再登录时，请扫电脑上新的二维码。" },
  expired: { title: "二维码过期了", what: "请扫电脑上新的二维码。" },
  cancelled: { title: "电脑上的登录页已经关闭", what: "请重新打开登录页，再扫一次。" },
  taken: { title: "别的手机已经扫过了", what: "如果那不是你的另一台手机，请不要继续，换一个新的二维码再试。" },
  unknown: { title: "没有这个二维码", what: "请扫电脑登录页上的二维码。" },
  wait: { title: "操作太频繁了", what: "请等一会儿再扫。" },
};

export const tickets = {
  desktop: {
    name: "登录二维码",
    opening: "正在准备二维码…",
    waiting: "等待扫码",
    renews: "· {time} 后自动更新",
    scanned: "{name}已扫码，请在手机上确认",
    approved: "已允许，正在进入…",
    number: "手机上输入",
    again: "换一个二维码",
    declined: { title: "手机上拒绝了这次登录", what: "如果是你点错了，可以换一个二维码再扫。" },
    expired: { title: "二维码已过期", what: "这一页等了很久，需要时再换一个。" },
    busy: { title: "请求太多了", what: "请等 {seconds} 秒再试。" },
    offline: { title: "连不上服务器", what: "请检查网络，再换一个二维码试试。" },
  },
  switchTo: { frame: "换用钉钉官方二维码", ticket: "换用本应用的二维码" },
  fellBack: "钉钉的二维码没能打开，已换成本应用的二维码，同样用钉钉扫。",
  steps: ["打开手机钉钉，点右上角扫一扫", "核对手机上显示的浏览器与网络", "输入右侧两位数字，轻点允许"],
  phone: {
    title: "让这台电脑登录吗？",
    lead: (brand: string) => `要登录的是${brand}。如果登录页不是你自己打开的，请拒绝。`,
    facts: { browser: "浏览器", network: "网络", time: "时间" },
    otherNetwork: "电脑与手机不在同一个网络，请再次核对。",
    number: "输入电脑上显示的两位数字",
    numberHint: "两位数字",
    approve: "允许登录",
    decline: "不是我，拒绝",
    openInDingTalk: {
      title: "请用钉钉打开",
      what: "登录要由手机钉钉确认。打开钉钉的扫一扫再扫一次，或者：",
      link: "在钉钉中打开",
    },
    wrongMethod: {
      title: "请在钉钉里重新进入",
      what: "允许电脑登录，需要这台手机由钉钉确认过身份。请先退出，再从钉钉进入。",
      link: "退出并重新进入",
    },
    ends,
  },
};
