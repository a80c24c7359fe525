import { type EndReason } from "../../sessions/session";

/** What of a record can change. */
const fields = {
  name: "姓名",
  active: "在职状态",
  admin: "管理员身份",
  boss: "老板身份",
  senior: "高管身份",
  avatar: "头像",
  title: "职位",
  jobNumber: "工号",
  departments: "部门",
  manager: "直属主管",
  mobile: "手机",
  hideMobile: "手机是否隐藏",
  telephone: "分机",
  orgEmail: "企业邮箱",
  email: "邮箱",
  workPlace: "办公地点",
  hired: "入职日期",
  roles: "角色",
  rest: "其他资料",
};

/** Why a session ended, as an admin reads it. */
const endReasons: Record<EndReason, string> = {
  signed_out: "本人退出",
  replaced: "同一浏览器又登录了一次",
  revoked: "管理员让它退出",
  leaver: "离职或账号停用",
  over_limit: "登录的设备超过上限",
  rejected: "本人不认识这次登录",
  expired: "登录过期",
};

/** What only the page for admins about one employee says. */
export const employeePage = {
  reports: { title: { other: "直接下属 · {count} 人" }, shown: "这里是前 {shown} 人。" },
  mobile: { show: "显示", showNamed: "显示{name}的手机号", recorded: "已记入审计，只显示这一次" },
  source: {
    title: "钉钉里的资料",
    read: "读取时间",
    answer: "核对",
    recent: "不久前刚读取过，这次没有再问钉钉",
    answered: "刚刚向钉钉核对过",
    unanswered: "钉钉没有回应，显示的是之前的资料",
    changed: "变化",
    none: "和之前一样",
    first: "第一次读取，没有之前的资料可比",
    fields,
    again: "重新向钉钉读取",
    asked: {
      changed: "已重新读取。有变化：{fields}。",
      same: "已重新读取，和之前一样。",
      unanswered: "钉钉没有回应，显示的还是之前的资料。",
    },
  },
  end: "退出",
  endNamed: "退出{name}的 {device}",
  again: "你已重新登录，请再按一次“退出”。",
  history: {
    title: "登录记录",
    kept: "已结束的登录保留 {sessions} 天，被拒绝的登录保留 {refusals} 天。",
    none: "没有保留下来的登录记录。",
    live: "登录中",
    ended: "结束",
    endReasons,
    refused: "登录被拒绝",
    reference: "编号",
    repeated: { other: "重复 {count} 次" },
    older: "更早的记录",
    newest: "回到最新",
    audit: "这位员工的审计记录",
  },
};
