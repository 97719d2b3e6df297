import type { ReactiveController, ReactiveControllerHost } from 'lit';

const beats = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Four times a second, so that no digit is late by more than a quarter. */
const everyMs = 250;

function start(beat: () => void): void {
  beats.add(beat);
  timer ??= setInterval(() => beats.forEach((each) => each()), everyMs);
}

function stop(beat: () => void): void {
  beats.delete(beat);
  if (beats.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}

/**
 * Lets an element be drawn again when a text that depends on the time has changed, and only then.
 *
 * All elements of a page share one timer, which runs while any of them is shown. The timer only
 * asks for a look: what is shown follows from the clock, so a late timer shows no wrong number.
 */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #read: () => string;
  #shown = '';
  readonly #beat = (): void => {
    const text = this.#read();
    if (text === this.#shown) return;
    this.#shown = text;
    this.#host.requestUpdate();
  };

  /** `read` tells all that depends on the time as one text, to be compared with the last one. */
  constructor(host: ReactiveControllerHost, read: () => string) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    start(this.#beat);
  }

  hostDisconnected(): void {
    stop(this.#beat);
  }
}
