/** The page for admins that lists every live session. */
export const companySessions = {
  title: "当前登录",
  lead: "公司里现在登录着的设备，最近登录的在前。",
  total: { other: "共 {count} 台设备" },
  columns: { employee: "员工", device: "设备和网络", started: "登录时间", lastSeen: "最近使用" },
  searchLabel: "按员工或网络地址查找",
  noMatch: "现在登录着的设备里没有。换个写法试试，或清除查找。",
  end: "退出",
  endNamed: "退出{name}的 {device}",
  ended: { other: "已退出 {count} 台设备。" },
  next: "下一页",
  first: "回到第一页",
  endAll: {
    summary: "退出全公司的登录",
    what: "所有员工会立刻在所有设备上退出，需要重新登录才能继续使用。",
    /** The admin types this word. */
    word: "全部退出",
    label: "请输入“{word}”确认",
    keepOwn: "保留我现在用的这台设备",
    confirm: "退出所有人",
    mismatch: "输入的文字不对，没有退出任何人。",
  },
  signedInAgain: "你已重新登录，请再确认一次。",
};
