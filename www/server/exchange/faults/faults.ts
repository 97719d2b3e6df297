/** The faults that are switched on, and the seed that decides when they strike. */
export interface Faults {
  /** The same seed, with the same requests in the same order, gives the same faults. */
  readonly seed: number;
  readonly rates: Readonly<Partial<Record<FaultName, Rate>>>;
}

/** How often one fault strikes. */
export interface Rate {
  /** From 0 (never) to 1 (always). */
  readonly chance: number;
  /** The shortest and the longest duration, for faults that take time. */
  readonly fromMs: number;
  readonly toMs: number;
}

export type FaultName = keyof typeof FAULTS;

/**
 * All faults. A `chance` is written as a number from 0 to 1. A `span` is written as a number of ms,
 * and may have a chance, too.
 *
 * The groups are: faults of requests, of answers, of call events, and of the feed or the switch.
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
  'callback-refused': 'chance',
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

/** Sets of faults that have a name. */
export const PRESETS = {
  /** No faults. */
  calm: '',
  /** A bad connection: slow, and some answers are lost. No answer is wrong. */
  rough:
    'delay=20..400,lost=0.01,unanswered=0.01,broken=0.01,crowded=0.01,odd=0.1,slow=50..500@0.05,' +
    'event-delay=0..500@0.2,event-doubled=0.02,event-overtaken=0.02,feed-cut=0.02',
  /** Worse than a real network: all faults, often. */
  storm:
    'delay=50..2000,lost=0.05,doubled=0.03,overtaken=0.1,limited=0.005,crowded=0.03,' +
    'unanswered=0.05,broken=0.05,odd=0.5,slow=200..3000@0.1,' +
    'event-delay=0..3000@0.5,event-lost=0.03,event-doubled=0.1,event-overtaken=0.1,' +
    'callback-refused=0.1,feed-silent=0.05,feed-cut=0.05,restart=0.002',
} as const;

export type PresetName = keyof typeof PRESETS;
