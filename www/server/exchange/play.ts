import { Hono } from 'hono/tiny';
import { readObject } from '../http/body.ts';
import type { FaultInjector } from './faults/injector.ts';
import { onlyBy } from '../http/refuse.ts';
import { SwitchError } from './switch-error.ts';
import type { Switchboard } from './switchboard.ts';

/** The facts about a switch that do not change. */
export interface PlayFacts {
  readonly token: string;
  readonly slots: number;
  readonly patienceMs: number;
}

/**
 * `/play`: makes calls ring, answers them, ends them, sets the clock and the faults.
 *
 * A real switch has no such resource. Demo pages and tests use it in place of telephones.
 */
export function playRoute(switchboard: Switchboard, faults: FaultInjector, facts: PlayFacts): Hono {
  const app = new Hono();
  let callers = 0;

  app.get('/', (c) => {
    return c.json({
      ...facts,
      extensions: switchboard.directory.all(),
      calls: switchboard.calls(),
      now: switchboard.now(),
      profile: switchboard.profile,
      accidents: switchboard.accidents,
      preset: faults.preset,
      faults: faults.faults,
    });
  });
  app.all('/', onlyBy('GET'));

  const acts: Record<string, (given: Given) => { status: 200 | 201; value: object }> = {
    ring(given) {
      const number = textOf(given, 'number', `+7900${String((callers += 1)).padStart(7, '0')}`);
      const name = textOf(given, 'name', number);
      return { status: 201, value: switchboard.ring(textOf(given, 'extension'), number, name) };
    },
    dial(given) {
      const call = switchboard.dial(textOf(given, 'extension'), textOf(given, 'number'));
      return { status: 201, value: call };
    },
    answer: (given) => ({ status: 200, value: switchboard.answer(textOf(given, 'call')) }),
    hangup: (given) => ({ status: 200, value: switchboard.hangup(textOf(given, 'call')) }),
    clock: (given) => ({ status: 200, value: { now: switchboard.forward(msOf(given)) } }),
    faults(given) {
      faults.set(textOf(given, 'faults'));
      return { status: 200, value: { preset: faults.preset, faults: faults.faults } };
    },
    reset() {
      switchboard.reset();
      return { status: 200, value: {} };
    },
  };
  for (const [name, act] of Object.entries(acts)) {
    app.post(`/${name}`, async (c) => {
      const { status, value } = act(await readObject(c.req.raw));
      return c.json(value, status);
    });
    app.all(`/${name}`, onlyBy('POST'));
  }
  return app;
}

type Given = Readonly<Record<string, unknown>>;

function textOf(given: Given, field: string, otherwise?: string): string {
  const value = given[field] ?? otherwise;
  if (typeof value === 'string') return value;
  throw new SwitchError('invalid', `\`${field}\` is missing or is not a text`);
}

function msOf({ forwardMs }: Given): number {
  if (typeof forwardMs === 'number') return forwardMs;
  throw new SwitchError('invalid', '`forwardMs` is missing or is not a number of ms');
}
