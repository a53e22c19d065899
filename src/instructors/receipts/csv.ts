/** Writes CSV (RFC 4180) that a spreadsheet opens without running anything in it. */

/**
 * The rows, with a byte order mark, by which spreadsheets know UTF-8. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it (OWASP, "CSV injection").
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
