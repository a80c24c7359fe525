import { faultWords } from "../fault";
import { countMonths, formatAgo, formatDay, formatExact, formatMoment, formatPhone } from "../format";
import { devices } from "./devices";
import { login } from "./login";
import { notification } from "./notification";
import { people } from "./people";
import { refusals } from "./refusals";
import { silent } from "./silent";
import { tickets } from "./tickets";

export const zhCN = {
  notification,
  devices,
  tickets,
  login,
  silent,
  people,
  refusals,
  fault: faultWords["zh-CN"],
  site: {
    nav: "主导航",
    skip: "跳到正文",
    profile: "我的资料",
    sessions: "登录设备",
    employees: "通讯录",
    signOut: "退出",
    language: "语言",
    languages: { "zh-CN": "中文", en: "English" },
  },
  missing: {
    title: "没有这一页",
    what: "地址可能写错了，或者你没有查看它的权限。",
    home: "回到首页",
  },
  time: {
    day: (date: Date) => formatDay("zh-CN", date),
    moment: (date: Date, now: Date) => formatMoment("zh-CN", date, now),
    exact: (date: Date) => formatExact("zh-CN", date),
    ago: (date: Date, now: Date) => formatAgo("zh-CN", date, now) ?? "刚刚",
    since: (date: Date, now: Date) => countMonths(date, now),
  },
  phone: formatPhone,
};
