import type { Answer } from 'valet-park';
import type { AccidentKind } from 'valet-park/server';
import { RECEPTION } from './desk.ts';
import { openLine, type Line } from './line.ts';

/** A switch whose commands are carried out at once, so that no other command comes between. */
export function openLot(options: { slots?: number; patienceMs?: number } = {}) {
  const line = openLine({ profile: 'freeswitch', seed: 1, ...options });
  const ask = (call: string, action: 'park' | 'bridge' | 'slots', slot?: number): Answer =>
    line.pbx.exchange.ask({
      ...{ extension: RECEPTION, call, action },
      ...(slot === undefined ? {} : { slot }),
    });
  return {
    line,
    ask,
    talk: () => line.talk(),
    forward: (ms: number) => line.pbx.exchange.forward(ms),
    /** Parks a call and sets the clock forward by a second. */
    park(slot: number): string {
      const call = line.talk();
      ask(call, 'park', slot);
      line.pbx.exchange.forward(1_000);
      return call;
    },
    accidents: () => accidentsOf(line),
    free: () => {
      const answer = ask(line.talk(), 'slots');
      return answer.kind === 'free' ? answer.slots : [];
    },
  };
}

function accidentsOf(line: Line): [AccidentKind, ...string[]][] {
  return line.pbx.exchange.accidents.map(({ kind, calls }) => [kind, ...calls]);
}
