export const devices = {
  title: "登录设备",
  lead: "这些浏览器现在登录着你的账号。不认识的，请退出。",
  end: "退出",
  endNamed: (device: string) => `退出 ${device}`,
  endOthers: "退出其他全部设备",
  onlyThis: "只有这台设备登录着。",
  approvedBy: (phone: string) => `由 ${phone} 确认`,
  aPhone: "手机",
};
