import { type Language } from "./language";

/** DingTalk keeps its calendar in Beijing time; the server's own zone is often UTC and means nothing to anybody. */
const timeZone = "Asia/Shanghai";

const dayMs = 86_400_000;

/** Units of elapsed time, longest first, with their length in minutes. */
const shortestUnit = ["minute", 1] as const;
const units = [["year", 525_600], ["month", 43_200], ["day", 1_440], ["hour", 60], shortestUnit] as const;

/** "2020年8月16日", "August 16, 2020". */
export function formatDay(language: Language, date: Date): string {
  return new Intl.DateTimeFormat(language, { timeZone, dateStyle: "long" }).format(date);
}

/** A moment as people say it: "今天 14:07", "Yesterday, 09:30", "11月2日 14:07". */
export function formatMoment(language: Language, date: Date, now: Date): string {
  const day = formatNearDay(language, date, now);
  const time = new Intl.DateTimeFormat(language, { timeZone, timeStyle: "short", hourCycle: "h23" }).format(date);
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}${language === "en" ? "," : ""} ${time}`;
}

/** The whole truth about a moment, with its zone. */
export function formatExact(language: Language, date: Date): string {
  const style = { dateStyle: "long", timeStyle: "long", hourCycle: "h23", timeZone } as const;
  return new Intl.DateTimeFormat(language, style).format(date);
}

/** "5 分钟前", "3 days ago"; null when it was less than a minute ago, or is yet to come. */
export function formatAgo(language: Language, date: Date, now: Date): string | null {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return null;
  const [unit, length] = units.find(([, length]) => minutes >= length) ?? shortestUnit;
  const ago = new Intl.RelativeTimeFormat(language).format(-Math.floor(minutes / length), unit);
  return ago.replace(/^(\d+)(?=\p{Script=Han})/u, "$1 ");
}

/** The whole years and months between two days; both 0 in the first month. */
export function countMonths(from: Date, to: Date): { years: number; months: number } {
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

function formatNearDay(language: Language, date: Date, now: Date): string {
  const days = Math.round((dayStart(date) - dayStart(now)) / dayMs);
  if (days === 0 || days === -1) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  const isThisYear = calendar(date).year === calendar(now).year;
  const year = isThisYear ? undefined : "numeric";
  return new Intl.DateTimeFormat(language, { timeZone, year, month: "long", day: "numeric" }).format(date);
}

function dayStart(date: Date): number {
  const { year, month, day } = calendar(date);
  return Date.UTC(year, month - 1, day);
}

function calendar(date: Date): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = new Intl.DateTimeFormat("sv", { timeZone })
    .format(date)
    .split("-")
    .map(Number);
  return { year, month, day };
}
