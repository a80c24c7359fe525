/** What the error screens say. They run in the browser, so these words are apart from the rest of the dictionary. */
export const fault = {
  title: "页面加载失败",
  what: "我们这边出了点问题，你的资料没有受到影响。",
  next: "请再试一次。如果还是不行，请把下面的编号告诉管理员。",
  reference: "编号",
  again: "再试一次",
  home: "回到首页",
};
