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
 * A browser lets a page sound only after somebody has touched it. Until then nothing fails: a cue
 * is not heard, and whoever wanted it says so by `isBlocked`.
 */
export class Sound {
  #context: AudioContext | null = null;
  /** A cue was wanted that nobody heard. */
  isBlocked = false;

  /** To be called from within a gesture: from here on sounds are heard. */
  unlock(): void {
    if (typeof AudioContext !== 'function') return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
    this.isBlocked = false;
  }

  /** Whether a cue would be heard: somebody has touched the page. */
  get isAllowed(): boolean {
    return this.#context !== null;
  }

  /** Fulfilled as soon as a cue would be heard at once. A tab that the browser keeps silent waits,
   *  maybe for ever. */
  async ready(): Promise<void> {
    await this.#context?.resume();
  }

  play(cue: Cue): void {
    if (this.#context !== null) sound(this.#context, cue);
  }

  dispose(): void {
    void this.#context?.close();
    this.#context = null;
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
