// A company whose panels pick up: a strict switch with an extension that answers by itself.

import type { PlayCall, RelayOptions, SwitchOptions } from 'valet-park/server';
import { NOON, RECEPTION, SALES, uuidOf, type Reply } from '../desk.ts';
import { settled } from '../line.ts';
import { openCompany, type Company } from './company.ts';

/** The extension of a strict switch that answers by itself. */
export const ANSWERING = '34900';
export const NUMBERS = { [RECEPTION]: '341', [SALES]: '200', [ANSWERING]: '900' };
export const PATH = '/api/ver1.0/extension';

/** A clock of the relay and of the switch. It stands still until `forward`. */
export function openTime() {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = NOON;
  const time = {
    now: () => now,
    wakeAt(at: number, callback: () => void) {
      const timer = { at, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    /** Moves the time to the next timer, and at most to `limit`. */
    step(limit: number): void {
      const next = Math.ceil(Math.min(limit, ...[...timers].map(({ at }) => at)));
      now = Math.max(now, next);
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        if (timers.delete(timer)) timer.callback();
      }
    },
  };
  return time;
}

export interface Telephones {
  readonly company: Company;
  /** The call of Anna. She waits in slot 6. */
  readonly anna: string;
  pickUp(body: object, extension?: string, more?: Asked): Promise<Reply>;
  /** The telephones that ring for a pick-up. */
  ringing(extension?: string): PlayCall[];
  /** Answers the telephone that rings. */
  answer(extension?: string): Promise<PlayCall>;
  forward(ms: number): Promise<void>;
  stateOf(call: string): string;
}

interface Asked {
  readonly signal?: AbortSignal;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

export async function openTelephones(
  options: Partial<RelayOptions> = {},
  switchOptions: SwitchOptions = {},
): Promise<Telephones> {
  const time = openTime();
  const pickUp = { extension: ANSWERING, numbers: NUMBERS, ...options.pickUp };
  const company = await openCompany(
    { now: time.now, clock: time, ...options, pickUp },
    { now: time.now, seed: 1, ...switchOptions },
  );
  const { exchange } = company.pbx;
  const ringing = (extension = SALES) =>
    exchange.calls().filter((one) => one.extension === extension && one.state === 'ringing');
  const forward = async (ms: number) => {
    const end = time.now() + ms;
    await settled();
    while (time.now() < end) {
      time.step(Math.min(time.now() + 1_000, end));
      exchange.forward(0);
      await settled();
    }
  };
  const anna = company.talk(RECEPTION, '+79161112233', 'Anna');
  await settled();
  const parked = company.ask(anna, { action: 'park', slot: '6' });
  await forward(1_500);
  await parked;
  return {
    ...{ company, anna, ringing, forward },
    pickUp: (body, extension = SALES, { token = extension, ...more } = {}) =>
      company.send(
        `${PATH}/${extension}/valet_park/pick_up`,
        { method: 'POST', body: JSON.stringify(body), ...more },
        token,
      ),
    async answer(extension = SALES) {
      const [telephone] = ringing(extension);
      if (telephone === undefined) throw new Error(`no telephone of ${extension} rings`);
      exchange.answer(telephone.call);
      await settled();
      return telephone;
    },
    stateOf: (call) => exchange.calls().find((one) => one.call === call)?.state ?? 'gone',
  };
}

export { uuidOf };
