// The clock of the host: what counts as a sleep, when listeners are called, what timers do.

import { describe, expect, it } from 'vitest';
import { HostClock, onSleep } from '../../src/client/clock.ts';
import { FakeClock, settled } from './clock.ts';
import { FakeMachine } from './machine.ts';
import { FakePage } from './page.ts';

const hour = 3_600_000;

function started() {
  const machine = new FakeMachine();
  const clock = new HostClock();
  const start = clock.now();
  let sleeps = 0;
  const stop = onSleep(clock, () => (sleeps += 1));
  const woken: number[] = [];
  const wakeIn = (ms: number) => clock.wakeAt(start + ms, () => woken.push(clock.now() - start));
  return { machine, clock, start, sleeps: () => sleeps, stop, woken, wakeIn };
}

describe('a sleep', () => {
  it('is reported once, after the call of `now` has returned', async () => {
    const { machine, clock, start, sleeps } = started();
    machine.sleep(hour);
    expect(clock.now() - start).toBe(hour);
    expect(sleeps()).toBe(0);
    await settled();
    expect(clock.now() - start).toBe(hour);
    expect(sleeps()).toBe(1);
  });

  it('runs due timers at once, and no others', async () => {
    const { machine, clock, woken, wakeIn } = started();
    wakeIn(180_000);
    wakeIn(2 * hour);
    const cancel = wakeIn(60_000);
    cancel();
    machine.sleep(hour);
    clock.now();
    await machine.forward(0);
    expect(woken).toEqual([hour]);
    await machine.forward(hour);
    expect(woken).toEqual([hour, 2 * hour]);
    expect(machine.waiting).toBe(0);
  });

  it('is noticed within five seconds while a timer runs', async () => {
    const { machine, sleeps, woken, wakeIn } = started();
    wakeIn(180_000);
    machine.sleep(hour);
    await machine.forward(5_000);
    expect(sleeps()).toBe(1);
    expect(woken).toEqual([hour + 5_000]);
  });

  it('is not reported to a listener that was removed', async () => {
    const { machine, clock, sleeps, stop } = started();
    stop();
    machine.sleep(hour);
    clock.now();
    await settled();
    expect(sleeps()).toBe(0);
  });

  it('is as long as the wall clock gained, several times over', async () => {
    const { machine, clock, start, sleeps } = started();
    for (const ms of [6_000, 4_000, 4_000, -hour, 7_000]) {
      machine.sleep(ms);
      clock.now();
      await settled();
    }
    expect(clock.now() - start).toBe(6_000 + 8_000 + 7_000);
    expect(sleeps()).toBe(3);
  });

  it('does not come from a wall clock that is set back', async () => {
    const { machine, clock, start, sleeps } = started();
    machine.set(-hour);
    await machine.forward(60_000);
    expect(clock.now() - start).toBe(60_000);
    await settled();
    expect(sleeps()).toBe(0);
  });
});

describe('a late timer', () => {
  it('means a sleep after more than five seconds, reported once for all timers', async () => {
    const { machine, sleeps, woken, wakeIn } = started();
    for (const ms of [1_000, 2_000, 3_000]) wakeIn(ms);
    machine.freeze(60_000);
    await machine.forward(0);
    expect(woken).toEqual([60_000, 60_000, 60_000]);
    expect(sleeps()).toBe(1);
    wakeIn(61_000);
    machine.freeze(60_000);
    await machine.forward(0);
    expect(sleeps()).toBe(2);
  });

  it('means no sleep before that', async () => {
    const { machine, sleeps, woken, wakeIn } = started();
    wakeIn(1_000);
    machine.freeze(5_900);
    await machine.forward(0);
    expect(woken).toEqual([5_900]);
    expect(sleeps()).toBe(0);
  });

  it('on a hidden page means a sleep only if it is later than browsers make timers', async () => {
    const page = new FakePage();
    page.hidden = true;
    const { machine, sleeps, wakeIn } = started();
    wakeIn(1_000);
    machine.freeze(61_000);
    // The browser runs delayed timers when the page is shown.
    page.hidden = false;
    await machine.forward(0);
    expect(sleeps()).toBe(0);
    page.hidden = true;
    wakeIn(62_000);
    machine.freeze(120_000);
    await machine.forward(0);
    expect(sleeps()).toBe(1);
  });
});

it('a clock of the application reports no sleep', () => {
  const clock = new FakeClock();
  onSleep(clock, () => {
    throw new Error('expected no sleep');
  })();
  clock.jump(hour);
  expect(clock.waiting).toBe(0);
});
