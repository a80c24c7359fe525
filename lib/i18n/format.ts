import { dayMs, timeZone } from "../beijing-time";
import { fill } from "./fill";
import { type Words } from "./words";

/** Units of elapsed time, longest first, with their length in minutes. */
const shortestUnit = ["minute", 1] as const;
const units = [["year", 525_600], ["month", 43_200], ["day", 1_440], ["hour", 60], shortestUnit] as const;

type Source = Pick<Words, "language" | "time">;
type Intls = ReturnType<typeof createIntls>;
type Formats = ReturnType<typeof createFormats>;

const made = new WeakMap<Source, Formats>();

/** How a dictionary's language writes dates, spans of time and lists. Made once per dictionary, because Intl is slow to set up. */
export function formatsFor(words: Source): Formats {
  const formats = made.get(words) ?? createFormats(words);
  made.set(words, formats);
  return formats;
}

function createFormats({ language, time: words }: Source) {
  const intls = createIntls(language);
  return {
    /** "2020年8月16日", "August 16, 2020". */
    day: (date: Date) => intls.day.format(date),
    /** A moment as people say it: "今天 14:07", "Yesterday, 09:30", "11月2日 14:07". */
    moment: (date: Date, now: Date) =>
      fill(words.moment, { day: formatNearDay(intls, date, now), time: intls.clock.format(date) }),
    /** "14:07:02". */
    clock: (date: Date) => intls.clockToSecond.format(date),
    /** A day with its name, as the title of what happened on it: "今天 · 11月24日周二", "Yesterday · Mon, November 23". */
    dayTitle: (date: Date, now: Date) => titleDay(intls, date, now),
    /** The date and the time to the second, with the zone. */
    exact: (date: Date) => intls.exact.format(date),
    /** "5 分钟前", "3 days ago"; "just now" also when the moment is yet to come. */
    ago: (date: Date, now: Date) => formatAgo(intls, date, now) ?? words.justNow,
    /** "6 年 3 个月", "1 year, 2 months". */
    tenure: ({ years, months }: Span) => {
      const texts = { years: spaceNumber(intls.years.format(years)), months: spaceNumber(intls.months.format(months)) };
      if (years > 0) return months > 0 ? fill(words.yearsAndMonths, texts) : texts.years;
      return months > 0 ? texts.months : words.underOneMonth;
    },
    /** "研发部、品牌部", "Research, Brand". */
    list: (items: string[]) => intls.list.format(items),
  };
}

function createIntls(language: string) {
  const unit = { style: "unit", unitDisplay: "long" } as const;
  const clock = { timeZone, hourCycle: "h23" } as const;
  return {
    day: new Intl.DateTimeFormat(language, { timeZone, dateStyle: "long" }),
    dayOfYear: new Intl.DateTimeFormat(language, { timeZone, month: "long", day: "numeric" }),
    clock: new Intl.DateTimeFormat(language, { ...clock, timeStyle: "short" }),
    clockToSecond: new Intl.DateTimeFormat(language, { ...clock, timeStyle: "medium" }),
    weekday: new Intl.DateTimeFormat(language, { timeZone, month: "long", day: "numeric", weekday: "short" }),
    exact: new Intl.DateTimeFormat(language, { ...clock, dateStyle: "long", timeStyle: "long" }),
    ago: new Intl.RelativeTimeFormat(language),
    nearDay: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
    years: new Intl.NumberFormat(language, { ...unit, unit: "year" }),
    months: new Intl.NumberFormat(language, { ...unit, unit: "month" }),
    list: new Intl.ListFormat(language, { type: "conjunction", style: "narrow" }),
  };
}

function formatNearDay(intls: Intls, date: Date, now: Date): string {
  const { dayOfYear, day } = intls;
  return nameNearDay(intls, date, now) ?? (calendar(date).year === calendar(now).year ? dayOfYear : day).format(date);
}

function titleDay(intls: Intls, date: Date, now: Date): string {
  const isThisYear = calendar(date).year === calendar(now).year;
  const day = (isThisYear ? intls.weekday : intls.day).format(date);
  return [nameNearDay(intls, date, now), day].filter((part) => part !== null).join(" · ");
}

/** "今天", "Yesterday"; null for an earlier day. */
function nameNearDay({ nearDay }: Intls, date: Date, now: Date): string | null {
  const days = Math.round((dayStart(date) - dayStart(now)) / dayMs);
  return days === 0 || days === -1 ? capitalise(nearDay.format(days, "day")) : null;
}

function formatAgo({ ago }: Intls, date: Date, now: Date): string | null {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return null;
  const [unit, length] = units.find(([, length]) => minutes >= length) ?? shortestUnit;
  return spaceNumber(ago.format(-Math.floor(minutes / length), unit));
}

type Span = { years: number; months: number };

/** "11月", "Nov". */
export function monthName(date: Date, { language }: Pick<Source, "language">): string {
  return new Intl.DateTimeFormat(language, { timeZone, month: "short" }).format(date);
}

/** The whole years and months between two days; both 0 in the first month. */
export function countMonths(from: Date, to: Date): Span {
  const [start, end] = [calendar(from), calendar(to)];
  const months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day ? 1 : 0);
  return { years: Math.max(0, Math.floor(months / 12)), months: Math.max(0, months % 12) };
}

/** A telephone number, masked or not, in groups one can read aloud; Chinese mobiles are 3-4-4, others stay as they are. */
export function formatPhone(number: string, stateCode: string | null): string {
  const code = stateCode?.replace(/^\+/, "");
  if (!code) return number;
  const grouped = code === "86" ? number.replace(/^([\d*]{3})([\d*]{4})([\d*]{4})$/, "$1 $2 $3") : number;
  return `+${code} ${grouped}`;
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Chinese reads better with a space between a number and its unit, which Intl does not put there. */
function spaceNumber(text: string): string {
  return text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");
}

function dayStart(date: Date): number {
  const { year, month, day } = calendar(date);
  return Date.UTC(year, month - 1, day);
}

const calendarDay = new Intl.DateTimeFormat("sv", { timeZone });

/** The day in Beijing. Swedish writes it as year-month-day. */
function calendar(date: Date): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = calendarDay.format(date).split("-").map(Number);
  return { year, month, day };
}
