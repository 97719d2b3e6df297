/**
 * Returns a table as comma-separated values, as RFC 4180 describes them: fields in quotation marks,
 * lines that end with CR LF. A byte order mark at the beginning tells Excel that the text is UTF-8.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('')}`;
}

/** The beginning of a text that a spreadsheet runs as a formula. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/**
 * Returns one field. An apostrophe before a formula makes it a text: a caller can choose a name such
 * as `=HYPERLINK(…)`, and a spreadsheet would calculate with the number +1-202-555-0123.
 */
function fieldOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
