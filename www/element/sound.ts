import { setOutput, tryAsync, tryOr } from './browser-features.ts';

/**
 * The pitches of each sound, in Hz. People tell the sounds apart by their melody: even, falling,
 * rising, and rising in three steps.
 */
const cues = {
  due: [880, 880],
  returned: [880, 587],
  parked: [587, 880],
  forMe: [587, 740, 880],
} as const;

export type Cue = keyof typeof cues;

/** How an instrument sounds. */
interface Instrument {
  /** The strength of each harmonic, from the first one on. */
  readonly harmonics: readonly number[];
  /** The length of a note, in seconds. */
  readonly seconds: number;
}

const instruments = {
  beep: { harmonics: [1], seconds: 0.12 },
  chime: { harmonics: [1, 0, 0.35, 0, 0.15], seconds: 0.6 },
  wood: { harmonics: [1, 0, 0, 0.5], seconds: 0.18 },
  buzzer: { harmonics: [1, 0, 0.33, 0, 0.2, 0, 0.14], seconds: 0.15 },
} as const satisfies Readonly<Record<string, Instrument>>;

export type InstrumentName = keyof typeof instruments;

/** The choices of a person for the sounds. */
export interface SoundChoice {
  readonly instrument: InstrumentName;
  /** From 1 to 10. */
  readonly volume: number;
  /** The id of the device that plays the sounds; empty for the default device. */
  readonly output: string;
}

/** The time between the beginnings of two notes, in seconds. */
const stepSeconds = 0.18;

/**
 * The sounds of a panel. No file is loaded: an oscillator plays each note.
 *
 * A browser lets a page play sound only after the person has pressed something on it. Until then a
 * cue is not heard, nothing fails, and `isBlocked` becomes true. A browser without sound is silent.
 */
export class Sound {
  readonly #choice: () => SoundChoice;
  #context: AudioContext | null = null;
  /** The device that was set last. */
  #output = '';
  /** True if a cue was not heard because the browser blocks sound. `unlock` may help. */
  isBlocked = false;

  /** `choice` returns what the person has chosen. */
  constructor(choice: () => SoundChoice) {
    this.#choice = choice;
  }

  /** Enables sound. Call it while a press or a key is handled: otherwise the browser refuses. */
  unlock(): void {
    const { state } = this.#context ?? {};
    if (state === undefined || state === 'closed') {
      this.#context = tryOr(() => new AudioContext(), null);
      this.#output = '';
    }
    void this.ready();
    this.isBlocked = false;
  }

  /** True after `unlock`. */
  get isAllowed(): boolean {
    return this.#context !== null;
  }

  /**
   * Resolves when a cue can be heard at once, or when the browser has no sound.
   *
   * Does not resolve while the browser mutes the tab, which may last forever.
   */
  async ready(): Promise<void> {
    const context = this.#context;
    const { output } = this.#choice();
    if (context !== null && output !== this.#output) {
      this.#output = output;
      // A device that is not connected any more is not set. The last device plays the sounds.
      await setOutput(context, output);
    }
    await tryAsync(() => context?.resume(), undefined);
  }

  play(cue: Cue): void {
    const context = this.#context;
    if (context !== null) tryOr(() => playNotes(context, cue, this.#choice()), undefined);
  }

  dispose(): void {
    const context = this.#context;
    this.#context = null;
    void tryAsync(() => context?.close(), undefined);
  }
}

function playNotes(context: AudioContext, cue: Cue, { instrument, volume }: SoundChoice): void {
  const { harmonics, seconds } = instruments[instrument];
  const sines = new Float32Array([0, ...harmonics]);
  const wave = context.createPeriodicWave(new Float32Array(sines.length), sines);
  // People hear equal steps of volume if the loudness grows with the square.
  const peak = 0.3 * (volume / 10) ** 2;
  cues[cue].forEach((pitch, at) => {
    const start = context.currentTime + at * stepSeconds;
    const [tone, gain] = [context.createOscillator(), context.createGain()];
    tone.setPeriodicWave(wave);
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(peak, start);
    gain.gain.exponentialRampToValueAtTime(0.001 * peak, start + seconds);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(start + seconds);
  });
}
