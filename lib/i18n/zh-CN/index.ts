import { audit } from "./audit";
import { companySessions } from "./company-sessions";
import { directory } from "./directory";
import { employeePage } from "./employee-page";
import { ended } from "./ended";
import { fault } from "./fault";
import { login, silent } from "./login";
import { overview } from "./overview";
import { people } from "./people";
import { refusals } from "./refusals";
import { tickets } from "./tickets";

export const words = {
  language: "zh-CN",
  login,
  silent,
  tickets,
  people,
  companySessions,
  audit,
  directory,
  employeePage,
  overview,
  refusals,
  ended,
  fault,
  site: {
    nav: "主导航",
    skip: "跳到正文",
    profile: "我的资料",
    sessions: "登录设备",
    employees: "通讯录",
    overview: "概览",
    companySessions: "当前登录",
    audit: "审计",
    signOut: "退出",
    language: "语言",
  },
  /** The session still stands, but cannot be checked now. */
  unavailable: {
    again: "再试一次",
    database: {
      title: "暂时无法确认登录状态",
      what: "我们的数据库没有回应，所以不能显示内容。你没有被退出。",
      next: "请过一会儿再打开这一页，不需要重新登录。",
    },
    dingtalk: {
      title: "太久没能向钉钉核对你的身份",
      what: { other: "上一次核对是 {count} 小时前，现在又连不上钉钉，所以暂时不能显示内容。你没有被退出。" },
      next: "钉钉恢复后再打开这一页即可，不需要重新登录。",
    },
  },
  missing: {
    title: "页面不存在",
    what: "地址可能写错了，或者你没有查看它的权限。",
    home: "回到首页",
  },
  devices: {
    title: "登录设备",
    lead: "这些浏览器现在登录着你的账号。不认识的，请退出。",
    end: "退出",
    endNamed: "退出 {device}",
    endOthers: "退出其他全部设备",
    onlyThis: "只有这台设备登录着。",
    approvedBy: "由 {phone} 确认",
    aPhone: "手机",
    overLimit: { other: "同时登录的设备最多 {count} 台，所以{ago}退出了较早的一台：{device}。" },
  },
  /** On the person's other devices, after a sign-in on a new one. */
  newSignIn: {
    title: "新的登录，是你吗？",
    what: "{device}，{ago}，{method}",
    confirm: "是我",
    reject: "不是我，让它退出",
  },
  /** The message in DingTalk about a new sign-in, a line each; one without its value is left out. */
  notification: {
    title: "新设备登录",
    device: "{device} 刚刚登录",
    aDevice: "一台设备",
    time: "时间：{time}",
    network: "网络：{ip}",
    advice: "不是你？请立即查看并退出该设备。",
    link: "查看登录设备",
  },
  /** What Intl does not say of dates and spans of time. */
  time: {
    justNow: "刚刚",
    moment: "{day} {time}",
    underOneMonth: "不到 1 个月",
    yearsAndMonths: "{years} {months}",
  },
};
