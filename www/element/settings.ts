import { readStored, store, tryOr } from './browser-features.ts';
import type { SoundChoice } from './sound.ts';

/** The settings and their values. The first value of each is the default. */
export const choices = {
  confirm: ['others', 'never', 'always'],
  alerts: ['mine', 'all', 'none'],
  sound: ['on', 'off'],
  instrument: ['beep', 'chime', 'wood', 'buzzer'],
  volume: ['7', '1', '2', '3', '4', '5', '6', '8', '9', '10'],
  forMe: ['on', 'off'],
  notify: ['off', 'on'],
  order: ['phone', 'keypad'],
  size: ['usual', 'small', 'large'],
  theme: ['auto', 'light', 'dark'],
  layout: ['board', 'list', 'dock', 'lamps', 'wall'],
  keys: ['on', 'off'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SettingName = keyof typeof choices;

/** The settings of a panel. */
export type Settings = { readonly [Name in SettingName]: (typeof choices)[Name][number] } & {
  /** A language tag, or `auto` for the language of the page. */
  readonly language: string;
  /** The changed keys, by command: `{ parkNext: 'F4' }`. */
  readonly map: Readonly<Record<string, string>>;
  /** The id of the device that plays the sounds; empty for the default device. */
  readonly output: string;
  /** More names of the person at the panel, with commas between them. */
  readonly myNames: string;
};

/** The settings that are texts, each with at most 200 characters. */
const texts = ['language', 'output', 'myNames'] as const;
export type TextName = (typeof texts)[number];
const longestText = 200;

const names = Object.keys(choices) as SettingName[];

/** All panels of a site share the settings in this entry of `localStorage`. */
const storageKey = 'valet-park settings';

/**
 * Returns the valid settings in `given` and drops everything else. Stored settings may come from
 * another version, and an attribute may have any value.
 */
export function validSettings(given: unknown): Partial<Settings> {
  if (typeof given !== 'object' || given === null) return {};
  const all = given as Readonly<Record<string, unknown>>;
  const known = names.filter((name) => choices[name].some((choice) => choice === all[name]));
  const written = texts.filter((name) => typeof all[name] === 'string');
  const valid = Object.fromEntries([
    ...known.map((name) => [name, all[name]]),
    ...written.map((name) => [name, String(all[name]).slice(0, longestText)]),
  ]) as Partial<Settings>;
  const map = Object.entries(Object(all.map) as object).filter(
    ([, key]) => typeof key === 'string',
  );
  return map.length === 0 ? valid : { ...valid, map: Object.fromEntries(map) };
}

/** True if the settings ask for an alert before a call returns. `mine`: the call was parked by us. */
export function alertsFor({ alerts }: Settings, mine: boolean): boolean {
  return alerts === 'all' || (alerts === 'mine' && mine);
}

/** Returns what the settings say about the sounds. */
export function soundChoice({ instrument, volume, output }: Settings): SoundChoice {
  return { instrument, volume: Number(volume), output };
}

export const defaultSettings: Settings = {
  ...(Object.fromEntries(names.map((name) => [name, choices[name][0]])) as unknown as Settings),
  ...{ language: 'auto', map: {}, output: '', myNames: '' },
};

/** Returns the settings chosen in this browser; none if storage is not available. */
export function storedSettings(): Partial<Settings> {
  return tryOr(() => validSettings(JSON.parse(readStored(storageKey) ?? '{}')), {});
}

type Listener = (chosen: Partial<Settings>) => void;
const listeners = new Set<Listener>();

/**
 * Stores the chosen settings and passes them to all panels of this page and of other tabs. Without
 * storage they apply to this page until it is closed.
 */
export function storeSettings(chosen: Partial<Settings>): void {
  store(storageKey, Object.keys(chosen).length === 0 ? null : JSON.stringify(chosen));
  for (const listener of listeners) listener(chosen);
}

/**
 * Calls `listener` when settings are chosen in this page or in another tab. Returns a function that
 * stops this.
 */
export function onSettings(listener: Listener): () => void {
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === storageKey || key === null) listener(storedSettings());
  };
  window.addEventListener('storage', onStorage);
  listeners.add(listener);
  return () => {
    window.removeEventListener('storage', onStorage);
    listeners.delete(listener);
  };
}
