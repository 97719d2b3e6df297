// Measures several pieces of work in turns, so that a slow machine slows all of them alike. The
// measure is the time of the processor: what other programs do meanwhile does not count.

/**
 * One piece of work. `prepare` returns the inputs of the next batch and is not measured. `largest`
 * is the largest number of inputs that it can return.
 *
 * @typedef {{
 *   name: string,
 *   largest?: number,
 *   prepare: (count: number) => unknown[] | Promise<unknown[]>,
 *   work: (input: any) => unknown,
 * }} Subject
 */

/** How long one batch takes at least, in ms. */
const BATCH_MS = 5;
/** The smallest and the largest number of inputs in a batch. */
const SMALLEST = 3;
const LARGEST = 3_000;
/** How many rounds there are, unless time runs out; and how many there are in any case. */
const ROUNDS = 61;
const FEWEST_ROUNDS = 9;
/** After how many ms time runs out. */
const LONGEST_MS = 15_000;

/**
 * Measures the subjects in rounds. In each round every subject gets one batch. Every second round
 * takes them in reverse order.
 *
 * Returns for each name the time of one input in µs of the processor, one number for each round.
 *
 * @param {Subject[]} subjects
 * @returns {Promise<Map<string, number[]>>}
 */
export async function measureInTurns(subjects) {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const subject of subjects) sizes.set(subject.name, await warmUp(subject));
  /** @type {Map<string, number[]>} */
  const times = new Map(subjects.map(({ name }) => [name, []]));
  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round >= FEWEST_ROUNDS && performance.now() - startedAt > LONGEST_MS) break;
    const order = round % 2 === 0 ? subjects : [...subjects].reverse();
    for (const subject of order) {
      const time = await measureBatch(subject, sizes.get(subject.name) ?? SMALLEST);
      times.get(subject.name)?.push(time);
    }
  }
  return times;
}

/** Runs a subject until its code is compiled. Returns the number of inputs for one batch. */
async function warmUp(/** @type {Subject} */ subject) {
  let time = await measureBatch(subject, SMALLEST);
  const startedAt = performance.now();
  while (performance.now() - startedAt < 60 * BATCH_MS) {
    time = await measureBatch(subject, batchSize(subject, time));
  }
  return batchSize(subject, time);
}

/** The number of inputs that take `BATCH_MS`; `time` is that of one input in µs. */
function batchSize(/** @type {Subject} */ { largest = LARGEST }, /** @type {number} */ time) {
  return Math.min(Math.max(Math.ceil((BATCH_MS * 1000) / time), SMALLEST), largest);
}

/** The time of one input in µs. */
async function measureBatch(/** @type {Subject} */ { prepare, work }, /** @type {number} */ count) {
  const inputs = await prepare(count);
  const startedAt = processorTime();
  for (const input of inputs) work(input);
  return (processorTime() - startedAt) / inputs.length;
}

/** How long the processor has worked for this process, in µs. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The middle value. */
export function median(/** @type {readonly number[]} */ values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/**
 * How many times as long `subject` takes as all of `bases`: the median of the ratios of all rounds.
 * A round compares batches that ran one shortly after the other.
 *
 * @param {Map<string, number[]>} times
 * @param {string} subject
 * @param {string[]} bases
 */
export function ratio(times, subject, bases) {
  const sum = (/** @type {number} */ round) =>
    bases.reduce((sum, base) => sum + (times.get(base)?.[round] ?? NaN), 0);
  return median((times.get(subject) ?? []).map((time, round) => time / sum(round)));
}
