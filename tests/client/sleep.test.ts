// The machine sleeps, the page freezes, or the clock is set. After a sleep the client asks again.

import { ValetPark, type ValetParkOptions } from 'valet-park';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { FakeClock } from './clock.ts';
import { ann, bob, dan, event, extension, rejection, settled } from './host.ts';
import { FakeMachine } from './machine.ts';
import { FakePage } from './page.ts';
import { base, FakeSwitch, silent } from './switch.ts';

const hour = 3_600_000;

/** Opens a panel on the clock of the host. Dan is talking, and ann is parked in slot 3. */
async function awake(options: Partial<ValetParkOptions> = {}, calls: [] | null = null) {
  const machine = new FakeMachine();
  const pbx = new FakeSwitch(machine as unknown as FakeClock);
  pbx.calls = calls;
  const panel = await ValetPark.open({
    baseUrl: base,
    extension,
    fetch: pbx.fetch,
    confirm: 'never',
    currentCalls: 'off',
    ...options,
  });
  onTestFinished(() => {
    panel.dispose();
    pbx.lot.dispose();
  });
  panel.track(event('answer', dan));
  panel.track(event('answer', ann));
  await panel.park(ann, { slot: 3 });
  await machine.forward(2_000);
  pbx.taken();
  return { machine, pbx, panel };
}

describe('after an hour of sleep in which `performance.now()` stood still', () => {
  it('deadlines are over, and the client asks again', async () => {
    const { machine, pbx, panel } = await awake();
    panel.subscribe(() => {});
    await machine.forward(5_000);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held', confirmed: true });
    machine.sleep(hour);
    pbx.taken();
    expect(panel.remaining(3)).toBeLessThan(-3_000_000);
    await machine.forward(100);
    expect(pbx.taken()).not.toEqual([]);
    expect(panel.getSnapshot().slots[2]?.state).not.toBe('held');
  });

  it('the sleep is noticed within seconds, without a call of the client', async () => {
    const { machine, panel } = await awake({ asking: 'off' });
    machine.sleep(hour);
    await machine.forward(5_000);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'returning' });
  });

  it('the sleep is noticed as soon as the page is shown', async () => {
    const page = new FakePage();
    const { machine, pbx, panel } = await awake();
    panel.subscribe(() => {});
    page.hidden = true;
    machine.sleep(hour);
    pbx.taken();
    page.hidden = false;
    await machine.forward(0);
    expect(pbx.taken()).not.toEqual([]);
    expect(panel.getSnapshot().slots[2]?.state).not.toBe('held');
  });

  it('a pending answer is too old', async () => {
    const { machine, pbx, panel } = await awake({ asking: 'off' });
    pbx.faults.push(silent);
    const inspecting = rejection(panel.inspect(5));
    await machine.forward(1_000);
    machine.sleep(hour);
    panel.remaining(3);
    await machine.forward(0);
    expect(await inspecting).toMatchObject({ code: 'timed-out' });
  });

  it('a second hour counts as well', async () => {
    const { machine, panel } = await awake({ asking: 'off' });
    machine.sleep(hour);
    panel.remaining(3);
    machine.sleep(hour);
    expect(panel.remaining(3)).toBeLessThan(-7_000_000);
  });

  it('another hour counts even if the clock was set back before', async () => {
    const { machine, panel } = await awake({ asking: 'off' });
    machine.set(-2 * hour);
    panel.remaining(3);
    machine.sleep(hour);
    expect(panel.remaining(3)).toBeLessThan(-3_000_000);
  });
});

it.each([
  ['asks for the live calls again', [] as [], 1],
  ['asks for no list that the switch refused', null, 0],
])('after a sleep the client %s', async (_, calls, requests) => {
  const { machine, pbx, panel } = await awake({ currentCalls: 'auto' }, calls);
  panel.subscribe(() => {});
  await machine.forward(1_000);
  machine.sleep(hour);
  await machine.forward(6_000);
  expect(pbx.arrived.filter(({ method }) => method === 'GET')).toHaveLength(requests);
  // An empty list says that dan has gone.
  const isLive = panel.getSnapshot().calls.some(({ call }) => call === dan);
  expect(isLive).toBe(calls === null);
});

describe('a page that was frozen', () => {
  it('asks again when a timer is very late', async () => {
    const { machine, pbx, panel } = await awake();
    panel.subscribe(() => {});
    await machine.forward(12_000);
    const before = panel.getSnapshot().slots[7]?.checkedAt ?? 0;
    machine.freeze(60_000);
    pbx.taken();
    await machine.forward(1_000);
    expect(pbx.taken().length).toBeGreaterThan(0);
    expect(panel.getSnapshot().slots[7]?.checkedAt).toBeGreaterThan(before + 59_000);
  });
});

describe('a wall clock', () => {
  it('that is set back changes nothing', async () => {
    const { machine, pbx, panel } = await awake({ asking: 'off' });
    const left = panel.remaining(3);
    machine.set(-hour);
    expect(panel.remaining(3)).toBe(left);
    await machine.forward(60_000);
    expect(panel.remaining(3)).toBe((left ?? 0) - 60_000);
    expect(pbx.taken()).toEqual([]);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held', confirmed: false });
  });

  it('that is set ahead by less than five seconds changes nothing', async () => {
    const { machine, panel } = await awake({ asking: 'off' });
    const left = panel.remaining(3);
    machine.set(4_900);
    expect(panel.remaining(3)).toBe(left);
  });

  it('that returns no number changes nothing', async () => {
    const { panel } = await awake({ asking: 'off' });
    const left = panel.remaining(3);
    for (const odd of [NaN, Infinity, undefined, null]) {
      vi.spyOn(Date, 'now').mockReturnValueOnce(odd as number);
      expect(panel.remaining(3)).toBe(left);
    }
    vi.spyOn(Date, 'now').mockImplementationOnce(() => {
      throw new Error('no');
    });
    expect(panel.remaining(3)).toBe(left);
  });
});

describe('the timers of the host', () => {
  it('stop when the panel is disposed', async () => {
    const { machine, panel } = await awake();
    panel.subscribe(() => {});
    panel.dispose();
    await settled();
    expect(machine.waiting).toBe(0);
  });

  it('may be longer than a host allows', async () => {
    const { machine, panel } = await awake({ asking: 'off', patienceMs: 2 ** 40 });
    const due: number[] = [];
    panel.on('due', ({ leftMs }) => due.push(leftMs));
    await machine.forward(60_000);
    expect(due).toEqual([]);
    expect(panel.getSnapshot().slots[2]).toMatchObject({ state: 'held', call: ann });
  });

  it.each([
    ['is missing', undefined],
    ['has no origin', { now: (): number => 5 }],
    [
      'refuses',
      {
        timeOrigin: 0,
        now: (): number => {
          throw new Error('no');
        },
      },
    ],
  ])('follow the wall clock if `performance` %s', async (_, performance) => {
    const { machine, pbx, panel } = await awake({ asking: 'off' });
    vi.stubGlobal('performance', performance);
    await panel.park(bob, { slot: 4 });
    await machine.forward(60_000);
    expect(pbx.waiting()).toMatchObject({ 4: bob });
    expect(Number.isFinite(panel.remaining(4))).toBe(true);
  });
});
