/** What can go wrong, how often, and how the chance of it begins. */
export interface Faults {
  /** The same seed and the same requests, in the same order, give the same faults. */
  readonly seed: number;
  readonly rates: Readonly<Partial<Record<FaultName, Rate>>>;
}

/** How often one fault strikes, and with how many ms where it takes time. */
export interface Rate {
  /** From 0 to 1. */
  readonly chance: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export type FaultName = keyof typeof FAULTS;

/**
 * Every fault there is. A `chance` is a number from 0 to 1; a `span` is a number of ms, which may
 * have a chance, too.
 *
 * The first group befalls requests to the API, the second what becomes of their answers, the third
 * call events, on the feed and to web hooks, the fourth the feed itself and the whole switch.
 */
export const FAULTS = {
  delay: 'span',
  lost: 'chance',
  doubled: 'chance',
  overtaken: 'chance',
  limited: 'chance',
  crowded: 'chance',

  unanswered: 'chance',
  broken: 'chance',
  odd: 'chance',
  slow: 'span',

  'event-delay': 'span',
  'event-lost': 'chance',
  'event-doubled': 'chance',
  'event-overtaken': 'chance',

  'feed-silent': 'chance',
  'feed-cut': 'chance',
  restart: 'chance',
} as const satisfies Record<string, 'chance' | 'span'>;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** The weathers that have a name, in the form in which others are written. */
export const WEATHERS = {
  /** Nothing goes wrong. */
  calm: '',
  /** A bad connection: slow, now and then an answer is lost, nothing lies. */
  rough:
    'delay=20..400,lost=0.01,unanswered=0.01,broken=0.01,crowded=0.01,odd=0.1,slow=50..500@0.05,' +
    'event-delay=0..500@0.2,event-doubled=0.02,event-overtaken=0.02,feed-cut=0.02',
  /** Harder than life: everything, often. */
  storm:
    'delay=50..2000,lost=0.05,doubled=0.03,overtaken=0.1,limited=0.005,crowded=0.03,' +
    'unanswered=0.05,broken=0.05,odd=0.5,slow=200..3000@0.1,' +
    'event-delay=0..3000@0.5,event-lost=0.03,event-doubled=0.1,event-overtaken=0.1,' +
    'feed-silent=0.05,feed-cut=0.05,restart=0.002',
} as const;

export type WeatherName = keyof typeof WEATHERS;
