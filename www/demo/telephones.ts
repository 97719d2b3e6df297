import type { PlayCall } from 'valet-park/server';
import { answer, hangup, play, ring, setFaults, setForward } from '../panel/play.ts';

/** The telephones that an example program plays. */
export interface Telephones {
  /** Lets a caller ring the extension of the panel. */
  ring(name: string, number: string): Promise<PlayCall>;
  answer(call: string): Promise<PlayCall>;
  hangup(call: string): Promise<PlayCall>;
  /** Resolves to the next call that rings at the extension: to any call, or to this one. */
  nextRing(call?: string): Promise<PlayCall>;
  /** Sets the clock of the switch forward, in ms. */
  forward(ms: number): Promise<unknown>;
  setFaults(faults: string): Promise<unknown>;
}

/** Returns the telephones of an extension. */
export function telephonesOf(extension: string): Telephones {
  return {
    ring: (name, number) => ring(extension, number, name),
    answer,
    hangup,
    forward: setForward,
    setFaults,
    async nextRing(wanted) {
      for (;;) {
        const { calls } = await play();
        const found = calls.find(
          ({ call, extension: at, state }) =>
            at === extension && state === 'ringing' && (wanted ?? call) === call,
        );
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
  };
}

const pollMs = 50;
