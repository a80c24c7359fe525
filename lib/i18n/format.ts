import { fill } from "./fill";
import { type Words } from "./words";

/** DingTalk keeps its calendar in Beijing time; the server's own zone is often UTC and says nothing to its readers. */
const timeZone = "Asia/Shanghai";

const dayMs = 86_400_000;

/** Units of elapsed time, longest first, with their length in minutes. */
const shortestUnit = ["minute", 1] as const;
const units = [["year", 525_600], ["month", 43_200], ["day", 1_440], ["hour", 60], shortestUnit] as const;

type Formats = ReturnType<typeof createFormats>;
type Source = Pick<Words, "language" | "time">;

/** Formatters are slow to make, so each language's are made once. */
const made = new Map<string, Formats>();

/** How a dictionary's language writes dates, spans of time and lists. */
export function formatsFor(words: Source): Formats {
  const formats = made.get(words.language) ?? createFormats(words);
  made.set(words.language, formats);
  return formats;
}

function createFormats({ language, time: words }: Source) {
  const longDay = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "long" });
  const dayOfYear = new Intl.DateTimeFormat(language, { timeZone, month: "long", day: "numeric" });
  const clock = new Intl.DateTimeFormat(language, { timeZone, timeStyle: "short", hourCycle: "h23" });
  const whole = new Intl.DateTimeFormat(language, {
    timeZone,
    dateStyle: "long",
    timeStyle: "long",
    hourCycle: "h23",
  });
  const elapsed = new Intl.RelativeTimeFormat(language);
  const nearDay = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const years = new Intl.NumberFormat(language, { style: "unit", unit: "year", unitDisplay: "long" });
  const months = new Intl.NumberFormat(language, { style: "unit", unit: "month", unitDisplay: "long" });
  const items = new Intl.ListFormat(language, { type: "conjunction", style: "narrow" });

  function nameDay(date: Date, now: Date): string {
    const days = daysBetween(now, date);
    if (days === 0 || days === -1) return capitalise(nearDay.format(days, "day"));
    return (calendar(date).year === calendar(now).year ? dayOfYear : longDay).format(date);
  }

  return {
    /** "2020年8月16日", "August 16, 2020". */
    day: (date: Date) => longDay.format(date),
    /** A moment as people say it: "今天 14:07", "Yesterday, 09:30", "11月2日 14:07". */
    moment: (date: Date, now: Date) => fill(words.moment, { day: nameDay(date, now), time: clock.format(date) }),
    /** The whole truth about a moment, with its zone. */
    exact: (date: Date) => whole.format(date),
    /** "5 分钟前", "3 days ago"; "just now" also when the moment is yet to come. */
    ago: (date: Date, now: Date) => {
      const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
      if (minutes < 1) return words.justNow;
      const [unit, length] = units.find(([, length]) => minutes >= length) ?? shortestUnit;
      return spaceNumbers(elapsed.format(-Math.floor(minutes / length), unit));
    },
    /** "6 年 3 个月", "1 year, 2 months". */
    tenure: (span: Span) => {
      if (span.years === 0 && span.months === 0) return words.underOneMonth;
      const texts = { years: spaceNumbers(years.format(span.years)), months: spaceNumbers(months.format(span.months)) };
      if (span.years === 0) return texts.months;
      return span.months === 0 ? texts.years : fill(words.yearsAndMonths, texts);
    },
    /** "研发部、品牌部", "Research, Brand". */
    list: (texts: string[]) => items.format(texts),
  };
}

type Span = { years: number; months: number };

/** The whole years and months between two days; both 0 in the first month. */
export function countMonths(from: Date, to: Date): Span {
  const [start, end] = [calendar(from), calendar(to)];
  const months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day ? 1 : 0);
  return { years: Math.max(0, Math.floor(months / 12)), months: Math.max(0, months % 12) };
}

/** A telephone number in groups one can read aloud; Chinese mobiles are 3-4-4, others stay as DingTalk has them. */
export function formatPhone(number: string, stateCode: string | null): string {
  const code = stateCode?.replace(/^\+/, "");
  if (!code) return number;
  const grouped = code === "86" ? number.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3") : number;
  return `+${code} ${grouped}`;
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Chinese reads better with a space between a number and its unit, which Intl does not put there. */
function spaceNumbers(text: string): string {
  return text.replace(/(\d)(?=\p{Script=Han})/gu, "$1 ");
}

function daysBetween(from: Date, to: Date): number {
  return Math.round((dayStart(to) - dayStart(from)) / dayMs);
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
