/** What the error screens say. They run in the browser, so these words are apart from the rest of the dictionary. */
export const fault = {
  title: "页面加载失败",
  what: "我们这边出了点问题，你的资料没有受到影响。",
  next: "请再试一次。如果还是不行，请把下面的编号告诉管理员。",
  reference: "编号",
  again: "再试一次",
  home: "回到首页",
  /** The session still stands, but cannot be checked now. */
  unavailable: {
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
};
