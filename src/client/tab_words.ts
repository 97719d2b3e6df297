import type { SyncView } from './snapshot.js';

/** A message that nobody here asked for, as the core takes it. */
export interface Told {
  /** `call`, `asked` or `lot`: see the format of the feed. */
  readonly kind: string;
  readonly data: string;
  /** Its place in the order in which the switch answered, where there is a feed. */
  readonly order?: number | undefined;
  /** When it was asked, on the clock of this tab. */
  readonly askedAt?: number | undefined;
}

/** What tabs say to each other. */
export type Word =
  | { readonly word: 'told'; readonly told: readonly Told[] }
  /** The leader is there, and stands so with the switch. */
  | { readonly word: 'beat'; readonly sync: SyncView }
  /** Every tab has to confirm its slots again. */
  | { readonly word: 'doubt' }
  /** A new tab has come, and knows nothing. */
  | { readonly word: 'hello' }
  /** A tab is visible, and would rather lead than follow one that is hidden. */
  | { readonly word: 'want' };

/*
 * On the channel there are ages and not times: two tabs may disagree by hours about the time, and
 * agree about how long ago something was. An age is in ms, at the moment at which it is sent; of
 * something that is yet to come it is negative.
 */

/** A word as it is sent at `now`. */
export function spoken(word: Word, now: number): unknown {
  if (word.word === 'beat') {
    return { word: 'beat', sync: shifted(word.sync, (time) => now - time) };
  }
  if (word.word !== 'told') return word;
  const told = word.told.map(({ kind, data, order, askedAt }) => ({
    ...{ kind, data, order },
    age: askedAt === undefined ? undefined : now - askedAt,
  }));
  return { word: 'told', told };
}

/** A word that arrived at `now`; null for what is none. Of a list, what makes sense counts. */
export function heard(data: unknown, now: number): Word | null {
  const { word, sync, told } = fieldsOf(data);
  if (word === 'hello' || word === 'want' || word === 'doubt') return { word };
  if (word === 'beat' && isSync(sync)) {
    return { word, sync: shifted(sync, (age) => now - age) };
  }
  if (word !== 'told' || !Array.isArray(told)) return null;
  return { word, told: told.flatMap((one: unknown) => toldOf(one, now)) };
}

function toldOf(value: unknown, now: number): Told[] {
  const { kind, data, order, age } = fieldsOf(value);
  if (typeof kind !== 'string' || typeof data !== 'string') return [];
  const isOrder = order === undefined || (Number.isSafeInteger(order) && (order as number) >= 0);
  const isAge = age === undefined || Number.isFinite(age);
  if (!isOrder || !isAge) return [];
  // What is not asked yet is asked now, and no clock goes back before its beginning.
  const askedAt = age === undefined ? undefined : Math.max(now - Math.max(age as number, 0), 0);
  return [{ kind, data, order: order as number | undefined, askedAt }];
}

/** How much a time may differ from the one that was heard before and still be the same, in ms: so
 *  long a word may be on its way. */
const SAME_MS = 250;

/** How the leader stands, with the times of `last` where they are still the same. */
export function steadied(last: SyncView | null, sync: SyncView): SyncView {
  if (!last) return sync;
  const { checkedAt, nextAskAt, budget } = last;
  const olds = [checkedAt, nextAskAt, budget.resetsAt].filter((time) => time !== null);
  return shifted(sync, (time) => olds.find((old) => Math.abs(old - time) < SAME_MS) ?? time);
}

/** The same with each of its times turned into another one. */
function shifted(sync: SyncView, turn: (time: number) => number): SyncView {
  const maybe = (time: number | null): number | null => (time === null ? null : turn(time));
  return {
    ...sync,
    checkedAt: maybe(sync.checkedAt),
    nextAskAt: maybe(sync.nextAskAt),
    budget: { ...sync.budget, resetsAt: maybe(sync.budget.resetsAt) },
  };
}

/** Every state that a tab which leads can be in. */
const states: Record<SyncView['state'], true> = {
  ...{ idle: true, live: true, asking: true, blind: true, limited: true },
  ...{ offline: true, unauthorized: true, lost: true, closed: true },
};

function isSync(value: unknown): value is SyncView {
  const { state, checkedAt, nextAskAt, budget, patience } = fieldsOf(value);
  const { limit, remaining, resetsAt } = fieldsOf(budget);
  const { toldMs, seenMs } = fieldsOf(patience);
  const maybe = [checkedAt, nextAskAt, limit, remaining, resetsAt, seenMs];
  return (
    typeof state === 'string' &&
    Object.hasOwn(states, state) &&
    maybe.every((one) => one === null || Number.isFinite(one)) &&
    Number.isFinite(toldMs)
  );
}

/** The fields of what may be anything. A channel carries no getters and no proxies. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
