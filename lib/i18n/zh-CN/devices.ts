export const devices = {
  title: "登录设备",
  lead: "这些浏览器现在登录着你的账号。不认识的，请退出。",
  end: "退出",
  endNamed: "退出 {device}",
  endOthers: "退出其他全部设备",
  onlyThis: "只有这台设备登录着。",
  approvedBy: "由 {phone} 确认",
  aPhone: "手机",
};

/** The message in DingTalk about a new sign-in, a line each; one without its value is left out. */
export const notification = {
  title: "新设备登录",
  device: "{device} 刚刚登录",
  aDevice: "一台设备",
  time: "时间：{time}",
  network: "网络：{ip}",
  advice: "不是你？请立即查看并退出该设备。",
  link: "查看登录设备",
};
