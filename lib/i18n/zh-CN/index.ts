import { devices, notification } from "./devices";
import { fault } from "./fault";
import { login, silent } from "./login";
import { people } from "./people";
import { refusals } from "./refusals";
import { tickets } from "./tickets";

export const words = {
  language: "zh-CN",
  login,
  silent,
  tickets,
  people,
  devices,
  notification,
  refusals,
  fault,
  site: {
    nav: "主导航",
    skip: "跳到正文",
    profile: "我的资料",
    sessions: "登录设备",
    employees: "通讯录",
    signOut: "退出",
    language: "语言",
  },
  missing: {
    title: "页面不存在",
    what: "地址可能写错了，或者你没有查看它的权限。",
    home: "回到首页",
  },
  /** What Intl does not say of dates and spans of time. */
  time: {
    justNow: "刚刚",
    moment: "{day} {time}",
    underOneMonth: "不到 1 个月",
    yearsAndMonths: "{years} {months}",
  },
};
