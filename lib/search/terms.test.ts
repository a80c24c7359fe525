import { describe, expect, test } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { searchTermsOf } from "./terms";

/** Surnames whose reading differs from the usual one of their character, or that have two characters; and names that are no plain Chinese ones. */
const readings: Record<string, string> = {
  单雄信: "shanxiongxin",
  仇英: "qiuying",
  查良镛: "zhaliangyong",
  解缙: "xiejin",
  区志强: "ouzhiqiang",
  尉迟恭: "yuchigong",
  任达华: "rendahua",
  盖叫天: "gejiaotian",
  朴树: "piaoshu",
  曾国藩: "zengguofan",
  覃辉: "qinhui",
  员半千: "yunbanqian",
  折可适: "shekeshi",
  繁星: "poxing",
  万俟卨: "moqixie",
  长孙无忌: "zhangsunwuji",
  欧阳靖雯: "ouyangjingwen",
  司马光: "simaguang",
  诸葛亮: "zhugeliang",
  上官婉儿: "shangguanwaner",
  慕容复: "murongfu",
  令狐冲: "linghuchong",
  宇文化及: "yuwenhuaji",
  独孤求败: "duguqiubai",
  东方朔: "dongfangshuo",
  皇甫谧: "huangfumi",
  公孙胜: "gongsunsheng",
  轩辕敬: "xuanyuanjing",
  夏侯惇: "xiahoudun",
  呼延灼: "huyanzhuo",
  端木赐: "duanmuci",
  百里奚: "bailixi",
  南宫适: "nangongshi",
  西门豹: "ximenbao",
  拓跋珪: "tuobagui",
  澹台灭明: "tantaimieming",
  乐毅: "yueyi",
  乐嘉: "yuejia",
  华佗: "huatuo",
  华罗庚: "hualuogeng",
  纪晓岚: "jixiaolan",
  葛优: "geyou",
  尹正: "yinzheng",
  燕青: "yanqing",
  洗夫人: "xifuren",
  冼星海: "xianxinghai",
  薄一波: "boyibo",
  濮存昕: "pucunxin",
  卜算子: "busuanzi",
  晁错: "chaocuo",
  褚时健: "chushijian",
  啜剌: "chuaila",
  翟天临: "zhaitianlin",
  费玉清: "feiyuqing",
  干宝: "ganbao",
  宁浩: "ninghao",
  哈文: "hawen",
  郝蕾: "haolei",
  那英: "naying",
  尚雯婕: "shangwenjie",
  召忽: "shaohu",
  沈从文: "shencongwen",
  谌容: "chenrong",
  石评梅: "shipingmei",
  缪斯: "miaosi",
  牟其中: "mouqizhong",
  齐白石: "qibaishi",
  瞿秋白: "quqiubai",
  阙里: "queli",
  阚清子: "kanqingzi",
  邱少云: "qiushaoyun",
  裘法祖: "qiufazu",
  冯唐: "fengtang",
  宓羲: "mixi",
  隗炎: "weiyan",
  洪秀全: "hongxiuquan",
  贾宝玉: "jiabaoyu",
  江南春: "jiangnanchun",
  应采儿: "yingcaier",
  於梨华: "yulihua",
  于谦: "yuqian",
  余秋雨: "yuqiuyu",
  俞敏洪: "yuminhong",
  郁达夫: "yudafu",
  曲阳: "quyang",
  车晓: "chexiao",
  车胤: "cheyin",
  种师道: "zhongshidao",
  盖聂: "genie",
  长孙皇后: "zhangsunhuanghou",
  吕布: "lvbu",
  女娲: "nvwa",
  阿卜杜热合曼·买买提: "abudurehemanmaimaiti",
  "Bob 李": "li",
  "李雷😀": "lilei",
  张伟2: "zhangwei",
  "李 雷": "lilei",
  迪丽热巴: "dilireba",
  古力娜扎: "gulinazha",
  欧豪: "ouhao",
};

test.each(Object.entries(readings))("%s is found by %s", (name, reading) => {
  expect(searchTermsOf(buildEmployee("user0001", { name })).searchText.split("\n")).toContain(reading);
});

test("at least a hundred hard names are tried", () => {
  expect(Object.keys(readings).length).toBeGreaterThanOrEqual(100);
});

describe("the search terms of an employee", () => {
  test("have short keys for the start of every part of the name, and of the ids", () => {
    const { searchKeys } = searchTermsOf(buildEmployee("u7", { name: "欧阳靖雯", jobNumber: "E1001", title: "总监" }));
    expect(searchKeys).toEqual(
      expect.arrayContaining(["欧", "阳靖", "o", "ou", "oy", "j", "jw", "w", "we", "e1", "总监", "u7"]),
    );
    expect(searchKeys).not.toContain("总");
    for (const key of searchKeys) expect([...key].length).toBeLessThanOrEqual(2);
  });

  test("are the same for full-width and upper-case writing", () => {
    expect(searchTermsOf(buildEmployee("u1", { name: "ＢＯＢ" })).searchText).toBe("bob\nu1");
  });

  test.each(["مرحبا علي", "👩‍🚀", "𠮷野家", "\u202eabc", "x".repeat(5000)])("are stored for the name %j", (name) => {
    const { searchText, nameKey } = searchTermsOf(buildEmployee("u1", { name }));
    expect(searchText).toContain(name.normalize("NFKC").toLowerCase());
    expect(encodeURIComponent(nameKey)).not.toBe("");
    expect([...nameKey].length).toBeLessThanOrEqual(120);
  });

  test("sort a name by its pinyin", () => {
    const names = ["Zoe", "张伟", "alice", "单雄信", "欧阳靖雯", "阿强"];
    const keyed = names.map((name) => ({ name, key: searchTermsOf(buildEmployee("u1", { name })).nameKey }));
    const sorted = keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ name }) => name);
    expect(sorted).toEqual(["阿强", "alice", "欧阳靖雯", "单雄信", "张伟", "Zoe"]);
  });
});
