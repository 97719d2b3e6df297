import { tryAsync, tryOr } from './browser-features.ts';

/** The pitches of each sound, in Hz: even, falling and rising, so that people can tell them apart. */
const cues = {
  due: [880, 880],
  returned: [880, 587],
  parked: [587, 880],
} as const;

type Cue = keyof typeof cues;

/** The length of one note, in seconds. */
const noteSeconds = 0.12;

/**
 * The sounds of a panel.
 *
 * A browser lets a page play sound only after the person has pressed something on it. Until then a
 * cue is not heard, nothing fails, and `isBlocked` becomes true. A browser without sound is silent.
 */
export class Sound {
  #context: AudioContext | null = null;
  /** True if a cue was not heard because the browser blocks sound. `unlock` may help. */
  isBlocked = false;

  /** Enables sound. Call it while a press or a key is handled: otherwise the browser refuses. */
  unlock(): void {
    const { state } = this.#context ?? {};
    if (state === undefined || state === 'closed') {
      this.#context = tryOr(() => new AudioContext(), null);
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
    await tryAsync(() => context?.resume(), undefined);
  }

  play(cue: Cue): void {
    const context = this.#context;
    if (context !== null) tryOr(() => playNotes(context, cue), undefined);
  }

  dispose(): void {
    const context = this.#context;
    this.#context = null;
    void tryAsync(() => context?.close(), undefined);
  }
}

function playNotes(context: AudioContext, cue: Cue): void {
  cues[cue].forEach((pitch, at) => {
    const start = context.currentTime + at * noteSeconds * 1.5;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + noteSeconds);
  });
}
