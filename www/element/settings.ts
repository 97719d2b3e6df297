import { attempt, keep, kept } from './refusals.ts';
import { languages } from './tongue.ts';

/** What can be chosen, and from what; the first of each is how it is at first. */
export const choices = {
  confirm: ['others', 'never', 'always'],
  alerts: ['mine', 'all', 'none'],
  sound: ['on', 'off'],
  notify: ['off', 'on'],
  language: ['auto', ...languages.map(([tag]) => tag)],
  order: ['phone', 'keypad'],
  size: ['usual', 'small', 'large'],
  theme: ['auto', 'light', 'dark'],
  layout: ['board', 'list', 'dock'],
  keys: ['on', 'off'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SettingName = keyof typeof choices;

/** How somebody at this browser likes the panel. */
export type Settings = { readonly [Name in SettingName]: (typeof choices)[Name][number] } & {
  /** The keys that were changed, by what they do: `{ parkNext: 'F4' }`. */
  readonly map: Readonly<Record<string, string>>;
};

const names = Object.keys(choices) as SettingName[];

/** Where a browser keeps them, one set for all panels of a site. */
const storageKey = 'valet-park settings';

/**
 * Whatever of `given` is a choice there is. What is stored may be of another version, or anybody's,
 * and so may an attribute be.
 */
export function chosenOf(given: unknown): Partial<Settings> {
  if (typeof given !== 'object' || given === null) return {};
  const all = given as Readonly<Record<string, unknown>>;
  const known = names.filter((name) => choices[name].some((choice) => choice === all[name]));
  const chosen = Object.fromEntries(known.map((name) => [name, all[name]])) as Partial<Settings>;
  const map = Object.entries(Object(all.map) as object).filter(
    ([, key]) => typeof key === 'string',
  );
  return map.length === 0 ? chosen : { ...chosen, map: Object.fromEntries(map) };
}

/** Whether to tell that a call is about to return, one of ours or another's. */
export function tellsOf({ alerts }: Settings, mine: boolean): boolean {
  return alerts === 'all' || (alerts === 'mine' && mine);
}

/** How it is at first. */
export const usual: Settings = {
  ...(Object.fromEntries(names.map((name) => [name, choices[name][0]])) as unknown as Settings),
  map: {},
};

/** What was chosen in this browser. Where nothing can be kept, nothing was. */
export function storedSettings(): Partial<Settings> {
  return attempt(() => chosenOf(JSON.parse(kept(storageKey) ?? '{}')), {});
}

type Listener = (chosen: Partial<Settings>) => void;
const listeners = new Set<Listener>();

/** Keeps what was chosen, and tells every panel of this page and of the other tabs. */
export function storeSettings(chosen: Partial<Settings>): void {
  // Where a browser keeps nothing, the choice holds until the page goes.
  keep(storageKey, Object.keys(chosen).length === 0 ? null : JSON.stringify(chosen));
  for (const listener of listeners) listener(chosen);
}

/** Calls `listener` whenever something was chosen, here or in another tab. Returns the way to
 *  stop. */
export function onSettings(listener: Listener): () => void {
  const hear = ({ key }: StorageEvent): void => {
    if (key === storageKey || key === null) listener(storedSettings());
  };
  window.addEventListener('storage', hear);
  listeners.add(listener);
  return () => {
    window.removeEventListener('storage', hear);
    listeners.delete(listener);
  };
}
