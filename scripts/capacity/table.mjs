/** Returns a table with columns of equal width. @param {string[]} heads @param {string[][]} rows */
export function tableOf(heads, rows) {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return [heads, ...rows]
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
