const encoder = new TextEncoder();

/** Tells spreadsheets that the file is UTF-8. */
export const csvStart = "\ufeff";

/** Spreadsheets run a cell that begins with one of these. */
const formula = /^[=+\-@\t\r]/;

/**
 * One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front, which shows it as text.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(cells: (string | number | null)[]): string {
  return `${cells.map(writeCell).join(",")}\r\n`;
}

function writeCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A file that is written while it is sent, so that a long one takes no memory. It ends early when the reader goes away. */
export function streamCsv(write: () => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const parts = write();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await parts.return(undefined)),
  });
}
