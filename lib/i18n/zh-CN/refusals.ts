import { type Refusal } from "../../refusals";
import { type Template } from "../fill";

/** Why a sign-in was refused: what happened, and what one can do. `count` stands for the seconds to wait. */
type Explanation = { title: string; what: string; next: Template };

const askAdministrator = "请把下面的编号告诉管理员，由管理员处理。你不需要做别的。";

export const refusals: Record<Refusal, Explanation> = {
  denied: {
    title: "你没有同意登录",
    what: "在钉钉的确认页上选择了拒绝，所以没有登录。",
    next: "如果只是点错了，再登录一次并选择同意即可。",
  },
  state_mismatch: {
    title: "这次登录已失效",
    what: "页面停留太久、在别的窗口重新开始过，或者这个链接不是在本浏览器里打开的。",
    next: "请重新登录。如果链接是别人发给你的，不要再打开它。",
  },
  code_used: {
    title: "登录凭据已经用过",
    what: "钉钉的登录凭据只能用一次，可能是刷新或后退让它又提交了一次。",
    next: "请重新登录，会得到一份新的凭据。",
  },
  outsider: {
    title: "你不在这家公司里",
    what: "你使用的钉钉账号不是本公司的成员，所以不能登录。",
    next: "如果你有多个钉钉账号，请换成公司里的那个再试；刚入职的话，请让管理员确认你已加入公司。",
  },
  external_contact: {
    title: "外部联系人不能登录",
    what: "你的钉钉账号在本公司是外部联系人，只有正式成员可以登录。",
    next: "需要使用的话，请让公司里的同事联系管理员把你加入通讯录。",
  },
  leaver: {
    title: "你的账号已停用",
    what: "公司通讯录显示你已离职，或者账号被停用了。",
    next: "如果这不对，请联系管理员或人事同事恢复你的账号。",
  },
  out_of_scope: {
    title: "这个应用还没有对你开放",
    what: "你是公司成员，但不在管理员设定的使用范围内。",
    next: "请把下面的编号告诉管理员，申请把你或你的部门加进可见范围。",
  },
  other_person: {
    title: "这里已经登录了另一个人",
    what: "当前登录的人和钉钉里的你不是同一个人，我们没有替换。",
    next: "请先退出当前登录，再用自己的钉钉登录。",
  },
  ticket_expired: {
    title: "这个二维码已经失效",
    what: "二维码过期了、被拒绝了，或者已经用过一次。",
    next: "请重新登录，会得到一个新的二维码。",
  },
  permission_missing: {
    title: "应用的权限还没有开好",
    what: "钉钉没有让应用核对你的身份，这不是你的账号有问题。",
    next: askAdministrator,
  },
  ip_not_allowed: {
    title: "钉钉没有放行这台服务器",
    what: "应用所在的服务器被钉钉挡住了，这不是你的账号有问题。",
    next: askAdministrator,
  },
  wrong_credentials: {
    title: "应用没有通过钉钉的验证",
    what: "应用的设置有误，暂时无法登录，这不是你的账号有问题。",
    next: askAdministrator,
  },
  app_disabled: {
    title: "应用在钉钉里被停用了",
    what: "应用还没有发布，或者已经停用，这不是你的账号有问题。",
    next: askAdministrator,
  },
  throttled: {
    title: "登录的人太多了",
    what: "钉钉暂时限制了请求的次数。",
    next: "请等一分钟再试。",
  },
  too_many_requests: {
    title: "操作太频繁了",
    what: "这个网络或这个浏览器在一分钟内发来的请求太多，我们暂停了一会儿。已经登录的设备不受影响。",
    next: "请等 {count} 秒再试。如果整个办公室都遇到，请把下面的编号告诉管理员。",
  },
  busy: {
    title: "登录的队伍排满了",
    what: "现在登录的人非常多，这次没有开始登录。已经登录的设备不受影响。",
    next: "请过几分钟再试。",
  },
  dingtalk_unreachable: {
    title: "连不上钉钉",
    what: "我们的服务器暂时连不上钉钉。已经登录的设备不受影响。",
    next: "请过几分钟再试。如果一直这样，请把下面的编号告诉管理员。",
  },
  dingtalk_timeout: {
    title: "钉钉没有及时回应",
    what: "我们等了一会儿，钉钉没有给出答复。已经登录的设备不受影响。",
    next: "请再试一次。如果一直这样，请把下面的编号告诉管理员。",
  },
  dingtalk_failed: {
    title: "钉钉出了点问题",
    what: "钉钉的答复我们没法使用，所以没有登录。已经登录的设备不受影响。",
    next: "请过几分钟再试。如果一直这样，请把下面的编号告诉管理员。",
  },
  bad_request: {
    title: "登录请求不完整",
    what: "这个地址缺少登录需要的内容，可能没有复制完整。",
    next: "请从这里重新登录。",
  },
  unexpected: {
    title: "登录没有成功",
    what: "我们这边出了点问题，你的账号没有受到影响。",
    next: "请再试一次。如果还是不行，请把下面的编号告诉管理员。",
  },
};
