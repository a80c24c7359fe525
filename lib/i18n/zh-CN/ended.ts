/** On the page to which an open page goes when its session has ended. */
export const ended = {
  title: "登录已结束",
  what: "这台设备上的登录已经结束，页面内容已清除。请重新登录。",
  at: "时间",
  signIn: "回到登录页",
  reasons: {
    leaver: {
      title: "你的账号已停用",
      what: "公司通讯录里已没有你的在职记录，所有设备都已退出。如果不对，请联系人力资源部。",
    },
    revoked: {
      title: "这台设备已被退出",
      what: "管理员或你自己在另一台设备上退出了这台设备，页面内容已清除。不清楚原因的话，请问问管理员。",
    },
    rejected: {
      title: "这次登录被标为“不是我”",
      what: "你的另一台设备不认识这次登录，所以它已退出。如果就是你，请重新登录。",
    },
    over_limit: {
      title: "登录的设备太多了",
      what: "你在别的设备上登录后，超过了同时登录的数量，最早的这台设备已退出。",
    },
    expired: { title: "登录已过期", what: "这次登录到了时间，页面内容已清除。请重新登录。" },
    signed_out: { title: "你已退出登录", what: "你在别处退出了这次登录，页面内容已清除。" },
    replaced: { title: "登录已被新的代替", what: "这个浏览器又登录了一次，之前的登录已结束。" },
  },
};
