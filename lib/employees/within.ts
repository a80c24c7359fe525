/** Waits for `work`, but no longer than `patienceMs`: then the answer is "late" and the work goes on by itself. */
export async function within<T>(patienceMs: number, work: Promise<T>): Promise<T | "late"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), patienceMs);
  });
  // A failure after nobody waits any more must not end the process.
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
