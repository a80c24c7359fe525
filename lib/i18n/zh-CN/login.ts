export const login = {
  title: "登录",
  heading: "用钉钉登录",
  lead: "只有本公司成员可以进入。登录后可查看你的资料。",
  steps: {
    frame: ["打开手机钉钉，点右上角扫一扫", "扫右侧的二维码，在手机上核对", "轻点确认，这里会自动进入"],
  },
  redirect: "在本窗口登录钉钉",
  continueAs: (name: string) => `以${name}的身份继续`,
  again: "再试一次",
  reference: "编号",
  phone: {
    lead: "会先到钉钉确认身份，再回到这里。",
    otherDevice: "用另一台手机扫码",
  },
  signedOut: { title: "你已退出登录", what: "下次进入需要再确认一次身份。共用的电脑上，也请退出钉钉网页的登录。" },
  start: { frame: "显示登录二维码", silent: "用钉钉身份进入" },
  noScript: "浏览器没有运行脚本，二维码显示不了，请改用“在本窗口登录钉钉”。",
  trust: "由钉钉验证身份，这里不会问你的密码",
  frame: {
    name: "钉钉登录二维码",
    preparing: "正在准备二维码…",
    ready: "等待扫码",
    leaving: "已确认，正在进入…",
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
