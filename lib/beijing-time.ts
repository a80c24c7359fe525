/** DingTalk keeps its calendar in Beijing time, which has no summer time; the server's own zone is often UTC. */
export const timeZone = "Asia/Shanghai";

export const dayMs = 86_400_000;
const offsetMs = 8 * 3_600_000;

/** The day in Beijing, as `2026-11-27`. */
export function dayOf(date: Date): string {
  return new Date(date.getTime() + offsetMs).toISOString().slice(0, 10);
}

/** When a day begins in Beijing. */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

/** The day that follows. */
export function dayAfter(day: string): string {
  return dayOf(new Date(startOfDay(day).getTime() + dayMs));
}

/** The latest days, today the last of them. */
export function latestDays(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) => dayOf(new Date(now.getTime() - (count - 1 - index) * dayMs)));
}

/** When this month began in Beijing, and when the next one does. */
export function monthOf(now: Date): { begins: Date; ends: Date } {
  const [year = 0, month = 1] = dayOf(now).split("-").map(Number);
  const first = (index: number) => new Date(Date.UTC(year, index, 1) - offsetMs);
  return { begins: first(month - 1), ends: first(month) };
}
