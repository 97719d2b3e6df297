import { crc32 } from 'node:zlib';

/** The records of a file. */
export interface Records {
  readonly values: readonly unknown[];
  /** The number of lines that are torn or damaged. */
  readonly damaged: number;
}

/** Writes a value as one line: the length in bytes, a checksum, and JSON. */
export function writeRecord(value: unknown): string {
  const json = JSON.stringify(value);
  return `${Buffer.byteLength(json)} ${checksum(json)} ${json}\n`;
}

/** Reads the lines of a file. Leaves out the lines that are torn or damaged. */
export function readRecords(text: string): Records {
  const lines = text.split('\n');
  const last = lines.pop() ?? ''; // Empty, because each whole line has an end.
  const values: unknown[] = [];
  let damaged = last === '' ? 0 : 1;
  for (const line of lines) {
    const [, length, sum, json = ''] = LINE.exec(line) ?? [];
    const isWhole = Number(length) === Buffer.byteLength(json) && sum === checksum(json);
    if (isWhole) values.push(JSON.parse(json));
    else damaged += 1;
  }
  return { values, damaged };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

const LINE = /^(\d+) ([0-9a-f]{8}) (.*)$/s;
