// Plays a recording that `park.recording()` returned into a new mirror and prints what each input
// changed: `npm run replay FILE`. With `--check` it prints only what differs from the recording.
//
// The mirror is compiled natively with its debug assertions, so a broken invariant stops the replay
// at the input that breaks it.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { at, Failure, root, whenStarted } from './step.mjs';

await whenStarted(import.meta.url, async () => {
  const options = process.argv.slice(2);
  const [file] = options.filter((option) => !option.startsWith('--'));
  if (!file) {
    throw new Failure('replaying', 'no file is named', 'npm run replay FILE [-- --check]');
  }
  const bytes = bytesOf(readRecording(file));
  const cargo = ['run', '--quiet', '--example', 'replay', '--'];
  const rest = options.filter((option) => option.startsWith('--'));
  const child = spawn('cargo', [...cargo, ...rest], {
    cwd: root,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.end(bytes);
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
});

/** @typedef {(number | string)[][]} Entries */

/**
 * Reads a file that holds a recording.
 *
 * @returns {Entries}
 */
export function readRecording(/** @type {string} */ file) {
  const what = `reading ${file}`;
  const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  /** @type {{ version?: unknown, entries?: unknown }} */
  let recording;
  try {
    recording = JSON.parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    throw new Failure(what, /** @type {Error} */ (error).message, 'name a file of JSON');
  }
  const { entries } = recording;
  if (!isEntries(entries)) {
    throw new Failure(what, 'it holds no recording', 'save what `park.recording()` returns');
  }
  if (recording.version !== version) {
    const found = String(recording.version);
    const why = `the recording is of version ${found}, this is version ${version}`;
    throw new Failure(what, why, 'check out the version of the recording');
  }
  return entries;
}

/** @type {(value: unknown) => value is Entries} */
function isEntries(value) {
  const isItem = (/** @type {unknown} */ item) =>
    typeof item === 'string' || (Number.isSafeInteger(item) && Number(item) >= 0);
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && one.every(isItem));
}

/**
 * Writes the entries as the core does: see src/record/mod.rs.
 *
 * @param {Entries} entries
 */
export function bytesOf(entries) {
  /** @type {number[]} */
  const bytes = [];
  const number = (/** @type {number} */ value) => {
    for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    bytes.push(value);
  };
  for (const entry of entries) {
    for (const item of entry) {
      if (typeof item === 'number') number(item * 4);
      else {
        const text = new TextEncoder().encode(item);
        number(text.length * 4 + 1);
        for (const byte of text) bytes.push(byte);
      }
    }
    number(2);
  }
  return Uint8Array.from(bytes);
}
