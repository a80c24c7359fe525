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
