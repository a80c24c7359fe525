/** Endless repeatable numbers from 0 to below 1: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A random entry of a list that is not empty. */
export function pick<Entry>(random: () => number, entries: readonly [Entry, ...Entry[]]): Entry {
  return entries[Math.floor(random() * entries.length)] ?? entries[0];
}

/** The names of 100 people of a large company: mostly frequent ones, and each kind that breaks something. */
export function generateName(random: () => number): string {
  const kind = random();
  if (kind < 0.03) return `${pick(random, foreignFirst)} ${pick(random, foreignLast)}`;
  if (kind < 0.034) return pick(random, difficult);
  const given = pick(random, givenCharacters) + (random() < 0.7 ? pick(random, givenCharacters) : "");
  return pick(random, surnamesOf(kind)) + given;
}

function surnamesOf(kind: number): List {
  if (kind < 0.1) return rareSurnames;
  return kind < 0.12 ? doubleSurnames : surnames;
}

type List = readonly [string, ...string[]];

function list(first: string, rest: string, separator = ""): List {
  return [first, ...rest.split(separator)];
}

const surnames = list(
  "王",
  "李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈",
);
/** Surnames with a reading of their own (单 Shàn, 仇 Qiú, 查 Zhā, 解 Xiè, 区 Ōu), or hardly known ones. */
const rareSurnames = list("单", "仇查解区朴盖缪覃乐曾种翟佴逄亓昝晁郜啜员折牟洗召冼麴笪妫鄢");
const doubleSurnames = list(
  "欧阳",
  "上官 尉迟 万俟 令狐 澹台 长孙 司马 诸葛 独孤 呼延 夏侯 慕容 司徒 公孙 宇文 皇甫",
  " ",
);
const givenCharacters = list(
  "伟",
  "芳娜敏静强磊洋艳勇杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕桂文辉建国军宇浩然子轩雨桐思远欣怡梓涵诗琪晓东瑞雪若兰嘉懿昕玥煜祺淼骁翀芃荇",
);
const foreignFirst = list(
  "Emily",
  "James Olivia Noah José Zoë Siobhán Łukasz Anaïs Søren Priya Nguyễn Anne-Marie Mary",
  " ",
);
const foreignLast = list(
  "Carter",
  "O'Neil Müller Álvarez van-der-Berg Kowalski Nguyen Smith Ødegård D'Angelo Patel",
  " ",
);

/** Emoji with joiners and skin tones, right to left, outside the basic plane, combining marks, quotes and a formula. */
const difficult = list(
  "张伟🐼",
  '👩‍💻小雨|محمد علي|נועה כהן|𠮷田太郎|𣄃明|李·阿不都热依木·艾合买提|Zoe\u0308 Keller|O\'Brien, "Bob"|=SUM(A1)|王 小 明|김민준|Ярослав Ёлкин',
  "|",
);
