import type { SyncView } from './views.js';

/** A message of a feed or of another tab. The core writes and reads `data`. */
export interface Told {
  /** `call`, `asked`, `lot` or `note`: see the format of the feed. The core ignores other kinds. */
  readonly kind: string;
  readonly data: string;
  /** The place of the message in the order in which the switch answered, if there is a feed. */
  readonly order?: number | undefined;
  /** When the question of the message was sent, in ms on the clock of this tab. */
  readonly askedAt?: number | null | undefined;
}

/** A message that the core wrote for other tabs. They take it for a `Told`. */
export interface TabMessage {
  readonly kind: 'call' | 'asked' | 'lot' | 'note';
  readonly data: string;
  /** When the question of the message was sent, in ms on the clock of this tab. */
  readonly askedAt: number | null;
}

/** Returns the place of a message in the order of the feed. Undefined if its id is no number. */
export function orderOf(id: string | null | undefined): number | undefined {
  return id != null && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}

/** A message that one tab sends to the others. */
export type Word =
  | { readonly word: 'told'; readonly told: readonly Told[] }
  /** The leader is alive, and this is its sync. */
  | { readonly word: 'beat'; readonly sync: SyncView }
  /** Every tab has to confirm its slots again. */
  | { readonly word: 'doubt' }
  /** A new tab knows nothing yet. */
  | { readonly word: 'hello' }
  /** A tab is visible and wants to replace a hidden leader. */
  | { readonly word: 'want' };

/*
 * The channel carries ages instead of times. The clocks of two tabs may differ by hours, but an age
 * is the same in both. An age is in ms at the time of sending. It is negative for a time in the
 * future.
 */

/** Returns a word as it is sent at `now`. */
export function spoken(word: Word, now: number): unknown {
  if (word.word === 'beat') {
    return { word: 'beat', sync: shifted(word.sync, (time) => now - time) };
  }
  if (word.word !== 'told') return word;
  const told = word.told.map(({ kind, data, order, askedAt }) => ({
    ...{ kind, data, order },
    age: askedAt == null ? undefined : now - askedAt,
  }));
  return { word: 'told', told };
}

/** Reads a word that arrived at `now`. Null if it is no word. Wrong items of a list are left out. */
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
  // A negative age is wrong, and no clock has a negative time.
  const askedAt = age === undefined ? undefined : Math.max(now - Math.max(age as number, 0), 0);
  return [{ kind, data, order: order as number | undefined, askedAt }];
}

/** Two times that differ by less count as the same, in ms. A word needs some time to arrive. */
const SAME_MS = 250;

/** Returns the sync of the leader. Times that did not really change are those of `last`. */
export function steadied(last: SyncView | null, sync: SyncView): SyncView {
  if (!last) return sync;
  const { checkedAt, nextAskAt, budget } = last;
  const olds = [checkedAt, nextAskAt, budget.resetsAt].filter((time) => time !== null);
  return shifted(sync, (time) => olds.find((old) => Math.abs(old - time) < SAME_MS) ?? time);
}

/** Returns a copy in which `turn` has replaced each time. */
function shifted(sync: SyncView, turn: (time: number) => number): SyncView {
  const maybe = (time: number | null): number | null => (time === null ? null : turn(time));
  return {
    ...sync,
    checkedAt: maybe(sync.checkedAt),
    nextAskAt: maybe(sync.nextAskAt),
    budget: { ...sync.budget, resetsAt: maybe(sync.budget.resetsAt) },
  };
}

/** All states of a sync. */
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

/** Returns the fields of a value from a channel or a store. Such a value is a plain copy. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
