import { SwitchError } from '../switch-error.ts';
import {
  FAULTS,
  FAULT_NAMES,
  PRESETS,
  type FaultName,
  type Faults,
  type PresetName,
  type Rate,
} from './faults.ts';

/**
 * Reads faults: a preset such as `rough`, a list such as `seed=7,delay=50..800,lost=0.02`, or a
 * preset with changes such as `storm,seed=7,restart=0`.
 *
 * @throws SwitchError `invalid`. The message says what would be right.
 */
export function parseFaults(text: string): Faults {
  const [first = '', ...others] = text.split(',').map((item) => item.trim());
  if (Object.hasOwn(PRESETS, first)) {
    return readItems(others, readItems(itemsOf(PRESETS[first as PresetName]), CALM));
  }
  return readItems([first, ...others], CALM);
}

/**
 * Returns faults in their precise form: for `storm,seed=7` that is
 * `seed=7,delay=50..2000,lost=0.05,…`, and `calm` if no fault can strike.
 *
 * | fault | effect |
 * | --- | --- |
 * | `delay=50..800` | a request waits so many ms before it is carried out |
 * | `lost=0.02` | the connection is closed, and nothing was done |
 * | `unanswered=0.02` | the connection is closed after the request was carried out |
 * | `doubled=0.02` | a request arrives twice; the client gets the second answer |
 * | `overtaken=0.02` | a request waits until the next one was carried out, at most a second |
 * | `broken=0.02` | 502 or 503, in HTML or JSON; the request may have been carried out |
 * | `limited=0.02` | 429 `rate_limit_exceeded`, for ten seconds |
 * | `crowded=0.02` | 429 `concurrent request not allowed`, once |
 * | `slow=200..3000@0.1` | the body of an answer takes so many ms to arrive |
 * | `odd=0.5` | the same answer in another form: Python, integers, an empty body |
 * | `callback-refused=0.1` | a callback is refused with 403 |
 * | `event-delay=0..3000` | a call event arrives so many ms late |
 * | `event-lost=0.02` | a call event never arrives |
 * | `event-doubled=0.02` | a call event arrives twice |
 * | `event-overtaken=0.02` | a call event arrives after the next one, or a second late |
 * | `feed-silent=0.05` | a feed opens, and then sends nothing |
 * | `feed-cut=0.05` | all feeds end before an event |
 * | `restart=0.002` | a request restarts the switch: all calls, slots and events are gone |
 *
 * A number from 0 to 1 is a chance. A span of ms may have a chance, too: `delay=50..800@0.1`. Delays
 * pass on the clock of the switch, so `forward` ends them.
 *
 * @throws SwitchError `invalid` if `text` cannot be read. The message says what would be right.
 */
export function describeFaults(text: string): string {
  return formatFaults(parseFaults(text));
}

/** Writes faults in their precise form: `calm`, or `seed=7,delay=50..800,lost=0.02`. */
export function formatFaults({ seed, rates }: Faults): string {
  const items = FAULT_NAMES.flatMap((name) => {
    const rate = rates[name];
    return rate === undefined || rate.chance === 0 ? [] : [`${name}=${formatRate(name, rate)}`];
  });
  return items.length === 0 ? 'calm' : [`seed=${seed}`, ...items].join(',');
}

/** Returns the name of the preset that these faults are, with any seed, or null. */
export function presetOf(faults: Faults): PresetName | null {
  const text = formatFaults({ ...faults, seed: CALM.seed });
  const names = Object.keys(PRESETS) as PresetName[];
  return names.find((name) => formatFaults(parseFaults(name)) === text) ?? null;
}

function readItems(items: readonly string[], base: Faults): Faults {
  let { seed } = base;
  const rates: Partial<Record<FaultName, Rate>> = { ...base.rates };
  const seen = new Set<string>();
  for (const item of items) {
    const [, name, value = ''] = /^([^=]*)=(.*)$/.exec(item) ?? [];
    if (name === undefined) throw notAnItem(item);
    if (seen.has(name)) throw invalid(`\`${name}\` is given twice`);
    seen.add(name);
    if (name === 'seed') seed = readSeed(value);
    else if (isFaultName(name)) rates[name] = readRate(name, value);
    else
      throw invalid(
        `there is no fault \`${cut(name)}\`; there are seed, ${FAULT_NAMES.join(', ')}`,
      );
  }
  return { seed, rates };
}

function readRate(name: FaultName, value: string): Rate {
  if (FAULTS[name] === 'chance') {
    const chance = readChance(value);
    if (chance !== null) return { chance, fromMs: 0, toMs: 0 };
    throw invalid(`\`${name}\` is a chance from 0 to 1, as in ${name}=0.02, not \`${cut(value)}\``);
  }
  const [, from = '', to = from, after = '1'] = SPAN.exec(value) ?? [];
  const [fromMs, toMs, chance] = [Number(from), Number(to), readChance(after)];
  if (from !== '' && fromMs <= toMs && toMs <= LONGEST_MS && chance !== null) {
    return { chance: toMs === 0 ? 0 : chance, fromMs, toMs };
  }
  const right = `as in ${name}=50..800, or ${name}=50..800@0.1 for every tenth`;
  throw invalid(`\`${name}\` is a span of 0 to ${LONGEST_MS} ms, ${right}, not \`${cut(value)}\``);
}

function readSeed(value: string): number {
  const seed = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
  if (seed <= MAX_SEED) return seed;
  throw invalid(`\`seed\` is a whole number from 0 to ${MAX_SEED}, not \`${cut(value)}\``);
}

function readChance(text: string): number | null {
  const chance = /^\d{0,3}(\.\d{1,9})?$/.test(text) && text !== '' ? Number(text) : NaN;
  return chance <= 1 ? chance : null;
}

function formatRate(name: FaultName, { chance, fromMs, toMs }: Rate): string {
  if (FAULTS[name] === 'chance') return formatChance(chance);
  const span = fromMs === toMs ? String(toMs) : `${fromMs}..${toMs}`;
  return chance === 1 ? span : `${span}@${formatChance(chance)}`;
}

/** Writes a chance without an exponent, because `readChance` does not read one. */
function formatChance(chance: number): string {
  return chance < 1e-6 ? chance.toFixed(9).replace(/0+$/, '') : String(chance);
}

function notAnItem(item: string): SwitchError {
  const presets = Object.keys(PRESETS).join(', ');
  if (Object.hasOwn(PRESETS, item)) {
    return invalid(`the preset \`${item}\` must come first, before the changes to it`);
  }
  return invalid(`faults are ${presets}, or items such as lost=0.02, not \`${cut(item)}\``);
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

function itemsOf(text: string): string[] {
  return text === '' ? [] : text.split(',');
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function invalid(message: string): SwitchError {
  return new SwitchError('invalid', message);
}

const CALM: Faults = { seed: 1, rates: {} };
const SPAN = /^(\d{1,6})(?:\.\.(\d{1,6}))?(?:@(.+))?$/;
const LONGEST_MS = 600_000;
const MAX_SEED = 2 ** 32 - 1;
