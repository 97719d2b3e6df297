import { attempt, attempted } from './refusals.ts';

/** What can be heard. Each is short, and another shape: rising, falling, even. */
const cues = {
  due: [880, 880],
  returned: [880, 587],
  parked: [587, 880],
} as const;

type Cue = keyof typeof cues;

/** How long one note sounds, in seconds. */
const note = 0.12;

/**
 * The sounds of a panel.
 *
 * A browser lets a page sound only after a person has touched it. Until then nothing fails: a cue
 * is not heard, and `isBlocked` says so. A browser without sound, or whose sound fails, is silent.
 */
export class Sound {
  #context: AudioContext | null = null;
  /** A cue was wanted and not heard; `unlock` may help. */
  isBlocked = false;

  /** To be called from within a gesture: from here on sounds are heard. */
  unlock(): void {
    const { state } = this.#context ?? {};
    if (state === undefined || state === 'closed') {
      this.#context = attempt(() => new AudioContext(), null);
    }
    void this.ready();
    this.isBlocked = false;
  }

  /** Whether a cue would be heard: a person has touched the page. */
  get isAllowed(): boolean {
    return this.#context !== null;
  }

  /**
   * Fulfilled as soon as a cue would be heard at once, or cannot be heard at all. A tab that the
   * browser keeps silent waits, maybe for ever.
   */
  async ready(): Promise<void> {
    const context = this.#context;
    await attempted(() => context?.resume(), undefined);
  }

  play(cue: Cue): void {
    const context = this.#context;
    if (context !== null) attempt(() => sound(context, cue), undefined);
  }

  dispose(): void {
    const context = this.#context;
    this.#context = null;
    void attempted(() => context?.close(), undefined);
  }
}

function sound(context: AudioContext, cue: Cue): void {
  cues[cue].forEach((pitch, at) => {
    const start = context.currentTime + at * note * 1.5;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + note);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + note);
  });
}
