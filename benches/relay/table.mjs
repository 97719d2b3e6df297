/** @typedef {{ value: number, limit: number, unit?: string }} Measure */

/** @type {{ what: string, ours: string, theirs: string, measure: Measure }[]} */
const rows = [];

/** Adds a row to the table. A measure without a unit is a ratio. */
export function row(
  /** @type {string} */ what,
  /** @type {string} */ ours,
  /** @type {string} */ theirs,
  /** @type {Measure} */ measure,
) {
  rows.push({ what, ours, theirs, measure });
}

/** Prints the table. Sets the exit code to 1 if a measure is above its limit. */
export function report() {
  const heads = ['', 'relay', 'against', 'measure', 'limit'];
  const table = rows.map(({ what, ours, theirs, measure: { value, limit, unit = '' } }) => {
    const mark = value <= limit ? '✓' : '✗';
    return [what, ours, theirs, `${+value.toFixed(2)} ${unit}`.trim(), `${limit} ${mark}`];
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...table.map((cells) => cells[column]?.length ?? 0)),
  );
  console.log('\nthe feed of a relay, compared in one run (medians)\n');
  for (const cells of [heads, ...table]) {
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  const above = rows.filter(({ measure: { value, limit } }) => !(value <= limit));
  if (above.length === 0) return;
  console.error(`\n✗ above the limit: ${above.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}
