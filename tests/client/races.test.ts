// Two desks act at the same moment, again and again, on a switch that parks as FreeSWITCH does.
// This kind of switch checks the slot, parks 10 ms later, and always answers "done". A promise must
// still be true.

import { isValetError, ValetPark } from 'valet-park';
import { createSwitch, type Switch } from 'valet-park/server';
import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from './clock.ts';

const ROUNDS = 40;

interface Desk {
  readonly extension: string;
  readonly panel: ValetPark;
  /** How long its commands travel to the switch, in ms. Its questions take no time. */
  latencyMs: number;
}

class Floor {
  readonly clock = new FakeClock();
  readonly pbx: Switch = createSwitch({
    ...{ profile: 'freeswitch', seed: 1, now: () => this.clock.start, trust: 'anyone' },
    hourlyLimit: 1e9,
  });
  async open(extension: string): Promise<Desk> {
    const { pbx, clock } = this;
    const latency = { latencyMs: 0 };
    const panel = await ValetPark.open({
      ...{ baseUrl: 'http://127.0.0.1/api/ver1.0', extension, clock, tabs: 'solo' },
      headers: () => ({ Authorization: `Bearer ${pbx.token}` }),
      fetch: async (input, init) => {
        const waits = latency.latencyMs > 0 && !String(init?.body).includes('"slots"');
        if (waits) {
          await new Promise<void>((go) => clock.wakeAt(clock.now() + latency.latencyMs, go));
        }
        return pbx.fetch(new Request(input, init));
      },
    });
    pbx.exchange.onEvent((event) => {
      if (event.extension === extension) panel.track(event.fields);
    });
    onTestFinished(() => panel.dispose());
    return Object.assign(latency, { extension, panel });
  }

  talk({ extension }: Desk): string {
    const { exchange } = this.pbx;
    return exchange.answer(exchange.ring(extension, '+74951112233').call).call;
  }

  async forward(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 5) {
      await this.clock.forward(5);
      this.pbx.exchange.forward(5);
    }
  }

  stateOf(call: string): string {
    return this.pbx.exchange.calls().find((one) => one.call === call)?.state ?? 'gone';
  }
}

/** Opens two desks. Each has a call that stays, to check slots with. */
async function floor(): Promise<{ floor: Floor; desks: [Desk, Desk] }> {
  const floor = new Floor();
  onTestFinished(() => floor.pbx.dispose());
  const desks: [Desk, Desk] = [await floor.open('34414'), await floor.open('32494')];
  for (const desk of desks) floor.talk(desk);
  return { floor, desks };
}

/** Returns the result of a command in one word. */
function ended(command: Promise<{ confirmed: boolean }>): Promise<string> {
  return command.then(
    ({ confirmed }) => (confirmed ? 'confirmed' : 'unconfirmed'),
    (error: unknown) => {
      if (isValetError(error)) return error.code;
      throw error;
    },
  );
}

/** Plays many rounds and counts their results. Each round starts with an empty slot 5. */
async function rounds(
  world: Floor,
  round: (number: number) => Promise<{ calls: readonly string[]; ends: readonly string[] }>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let number = 0; number < ROUNDS; number += 1) {
    const { calls, ends } = await round(number);
    for (const end of ends) counts[end] = (counts[end] ?? 0) + 1;
    for (const call of calls) {
      if (world.stateOf(call) !== 'gone') world.pbx.exchange.hangup(call);
    }
    await world.forward(6_000);
  }
  return counts;
}

test('of two parks at once in one slot, the confirmed one waits there', async () => {
  const { floor: world, desks } = await floor();
  const [first, second] = desks;
  const counts = await rounds(world, async (round) => {
    const calls = [world.talk(first), world.talk(second)] as const;
    const one = ended(first.panel.park(calls[0], { slot: 5 }));
    await world.forward((round * 5) % 30);
    const two = ended(second.panel.park(calls[1], { slot: 5 }));
    await world.forward(3_000);
    const ends = await Promise.all([one, two]);
    for (const [index, end] of ends.entries()) {
      // The call of a `not-there` was connected with the other call.
      const state = { confirmed: 'parked', 'not-there': 'bridged', taken: 'talking' }[end];
      expect([end, world.stateOf(calls[index] ?? '')]).toEqual([end, state]);
    }
    return { calls, ends };
  });
  const pairs = world.pbx.exchange.accidents.filter(({ kind }) => kind === 'strangers').length;
  const others = ROUNDS - pairs;
  expect(Math.min(pairs, others)).toBeGreaterThan(5);
  expect(counts).toEqual({ 'not-there': 2 * pairs, confirmed: others, taken: others });
});

test('of two bridges with one call, one connects and one has its asker parked', async () => {
  const { floor: world, desks } = await floor();
  const [first, second] = desks;
  const counts = await rounds(world, async (round) => {
    const calls = [world.talk(first), world.talk(first), world.talk(second)] as const;
    const [waiting, fast, slow] = calls;
    const parking = ended(first.panel.park(waiting, { slot: 5 }));
    await world.forward(3_000);
    expect(await parking).toBe('confirmed');
    // After a call has left a slot, this switch does not list a new call there for 20 ms.
    second.latencyMs = 30 + ((round * 5) % 50);
    const one = ended(first.panel.bridge(fast, { slot: 5, expect: waiting }));
    const two = ended(second.panel.bridge(slow, { slot: 5, expect: waiting }));
    await world.forward(3_000);
    const ends = await Promise.all([one, two]);
    expect(calls.map((call) => world.stateOf(call))).toEqual(['bridged', 'talking', 'parked']);
    expect(ends).toEqual(['confirmed', 'asker-parked']);
    return { calls, ends };
  });
  expect(counts).toEqual({ confirmed: ROUNDS, 'asker-parked': ROUNDS });
});
