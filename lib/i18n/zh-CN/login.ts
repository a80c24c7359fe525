/** The sign-in page. */
export const login = {
  title: "登录",
  heading: "用钉钉登录",
  lead: "只有本公司成员可以登录。登录后可查看你的资料。",
  steps: {
    frame: ["打开手机钉钉，点右上角扫一扫", "扫右侧的二维码，在手机上核对", "轻点确认，这里会自动登录"],
  },
  redirect: "在本窗口登录钉钉",
  continueAs: "以{name}的身份继续",
  again: "再试一次",
  reference: "编号",
  phone: {
    lead: "会先到钉钉确认身份，再回到这里。",
    otherDevice: "用另一台手机扫码",
  },
  signedOut: { title: "你已退出登录", what: "下次登录需要再确认一次身份。共用的电脑上，也请退出钉钉网页的登录。" },
  signInAgain: {
    title: "请再登录一次",
    what: "这项操作会让别人退出登录，而你登录已有一段时间。重新登录后会回到刚才的页面。",
  },
  start: { frame: "显示登录二维码", silent: "用钉钉身份登录" },
  noScript: "浏览器没有运行脚本，二维码显示不了，请改用“在本窗口登录钉钉”。",
  wait: {
    title: "排队登录",
    about: "大约还要",
    seconds: "秒",
    place: { other: "前面还有 {count} 人" },
    next: "下一位就是你",
    why: "现在登录的人很多，钉钉限制了每秒的次数。轮到你时会自动继续，请别关这一页。",
    leave: "不等了，稍后再来",
  },
  trust: "由钉钉验证身份，这里不会问你的密码",
  frame: {
    name: "钉钉登录二维码",
    preparing: "正在准备二维码…",
    ready: "等待扫码",
    leaving: "已确认，正在登录…",
    again: "再试一次",
    offline: {
      title: "二维码没能打开",
      what: "暂时连不上钉钉。已登录的设备可以继续使用；也可以换下面的方式试试。",
    },
    outsider: {
      title: "你不在这家公司里",
      what: "请换成公司里的钉钉账号，再扫一次。",
    },
    refused: {
      title: "这次扫码没有成功",
      what: "钉钉没有完成登录，请再扫一次。",
    },
  },
};

/** The sign-in page inside DingTalk. */
export const silent = {
  heading: "正在用钉钉身份登录",
  steps: {
    loading: "正在连接钉钉…",
    "asking-v2": "正在向钉钉确认你是谁…",
    "asking-v1": "钉钉回应较慢，换一种方式再问…",
    exchanging: "正在核对公司成员身份…",
    waiting: "现在登录的人很多，前面还有 {place} 人。大约 {seconds} 秒后自动继续，请别关这一页…",
    in: "已登录，正在打开页面…",
  },
  again: "再试一次",
  failures: {
    unloaded: {
      title: "登录组件没有加载出来",
      what: "可能是网络不稳。请检查网络后再试，或换下面的方式登录。",
    },
    outside: {
      title: "没有连上钉钉",
      what: "这个窗口看起来不在钉钉里。请从钉钉工作台打开，或换下面的方式登录。",
    },
    hung: {
      title: "钉钉没有回应",
      what: "我们问了两次，都没有等到答复。请再试一次，或换下面的方式登录。",
    },
    cancelled: {
      title: "登录被取消了",
      what: "钉钉说这次确认被取消了。想登录的话，再试一次即可。",
    },
    unregistered: {
      title: "钉钉没能在这里确认你的身份",
      what: "可能是这个网址没有登记为公司的钉钉应用，也可能是你的钉钉账号已不在这家公司。请把这段提示告诉管理员，或换下面的方式登录。",
    },
    declined: {
      title: "钉钉没有给出你的身份",
      what: "请再试一次；如果还是不行，换下面的方式登录。",
    },
    offline: {
      title: "和服务器的连接断了",
      what: "没有收到登录结果。请检查网络后再试。",
    },
    looped: {
      title: "登录没有保留下来",
      what: "刚刚登录成功，但钉钉没有保存登录状态，可能是禁用了 Cookie。请允许保存后再试。",
    },
    foreign: {
      title: "这个应用属于另一家公司",
      what: "你是从另一个组织的工作台打开的。请在钉钉里切换到对应的公司，再从工作台打开。",
    },
  },
};
