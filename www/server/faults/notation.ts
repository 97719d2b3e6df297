import { SwitchError } from '../switch-error.ts';
import {
  FAULTS,
  FAULT_NAMES,
  WEATHERS,
  type FaultName,
  type Faults,
  type Rate,
  type WeatherName,
} from './faults.ts';

/**
 * Reads faults as they stand on a command line: `rough`, or `seed=7,delay=50..800,lost=0.02`, or a
 * named weather and what is to be different, `storm,seed=7,restart=0`.
 *
 * @throws SwitchError `invalid` that says what would have been right.
 */
export function parseFaults(text: string): Faults {
  const [first = '', ...others] = text.split(',').map((item) => item.trim());
  if (Object.hasOwn(WEATHERS, first)) {
    return readItems(others, readItems(itemsOf(WEATHERS[first as WeatherName]), CALM));
  }
  return readItems([first, ...others], CALM);
}

/**
 * What faults come to, in the one form that says everything: `storm,seed=7` is
 * `seed=7,delay=50..2000,lost=0.05,…`, and what never strikes is `calm`.
 *
 * | fault | what goes wrong |
 * | --- | --- |
 * | `delay=50..800` | a request waits so many ms before it is carried out |
 * | `lost=0.02` | the connection is closed, nothing was done |
 * | `unanswered=0.02` | the connection is closed after the request was carried out |
 * | `doubled=0.02` | a request arrives twice; the second answer counts (see `Idempotency-Key`) |
 * | `overtaken=0.02` | a request waits until the next one was carried out, at most a second |
 * | `broken=0.02` | 502 or 503, in HTML or JSON; the request was carried out or not |
 * | `limited=0.02` | 429 `rate_limit_exceeded`, for ten seconds |
 * | `crowded=0.02` | 429 `concurrent request not allowed`, once |
 * | `slow=200..3000@0.1` | the body of an answer takes so many ms to come |
 * | `odd=0.5` | the same answer in odd words: Python, integers, nothing at all |
 * | `event-delay=0..3000` | a call event comes so many ms late |
 * | `event-lost=0.02` | a call event never comes |
 * | `event-doubled=0.02` | a call event comes twice |
 * | `event-overtaken=0.02` | a call event comes after the next, or a second late |
 * | `feed-silent=0.05` | a feed opens, and then nothing is ever heard on it |
 * | `feed-cut=0.05` | the feeds end before an event |
 * | `restart=0.002` | at a request the switch starts anew: all calls, slots and events gone |
 *
 * A number from 0 to 1 is a chance; a span of ms may have one, too, as in `delay=50..800@0.1`.
 * Delays pass on the clock of the switch, so `forward` ends them.
 *
 * @throws SwitchError `invalid` for what are no faults, with what would have been right.
 */
export function describeFaults(text: string): string {
  return formatFaults(parseFaults(text));
}

/** Faults in the one form that says everything: `calm`, or `seed=7,delay=50..800,lost=0.02`. */
export function formatFaults({ seed, rates }: Faults): string {
  const items = FAULT_NAMES.flatMap((name) => {
    const rate = rates[name];
    return rate === undefined || rate.chance === 0 ? [] : [`${name}=${formatRate(name, rate)}`];
  });
  return items.length === 0 ? 'calm' : [`seed=${seed}`, ...items].join(',');
}

/** The name of a weather, whatever its seed, or null if it has none. */
export function nameOf(faults: Faults): WeatherName | null {
  const text = formatFaults({ ...faults, seed: CALM.seed });
  const names = Object.keys(WEATHERS) as WeatherName[];
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

/** Without an exponent, which `readChance` does not read. */
function formatChance(chance: number): string {
  return chance < 1e-6 ? chance.toFixed(9).replace(/0+$/, '') : String(chance);
}

function notAnItem(item: string): SwitchError {
  const weathers = Object.keys(WEATHERS).join(', ');
  if (Object.hasOwn(WEATHERS, item)) {
    return invalid(`the weather \`${item}\` comes first, before what is to be different`);
  }
  return invalid(`faults are ${weathers}, or items such as lost=0.02, not \`${cut(item)}\``);
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
