// The lot has more or fewer slots than the options say. The client reports it once, and soon stops
// to ask about slots that the lot does not have.

import type { ValetError } from 'valet-park';
import { describe, expect, it } from 'vitest';
import { ann, bob, cem, event, talking, uuidOf, type World } from './host.ts';
import { says, well } from './switch.ts';

function troublesOf({ panel }: World): ValetError[] {
  const troubles: ValetError[] = [];
  panel.on('trouble', (trouble) => troubles.push(trouble));
  return troubles;
}

describe('a lot with more slots than the options say', () => {
  const expectSaidOnce = (troubles: readonly ValetError[], slot: number): void => {
    expect(troubles).toMatchObject([{ code: 'invalid-options', kind: 'invalid', slot }]);
    expect(troubles[0]?.message).toBe(
      `expected slots from 1 to 9, found slot ${slot}; set \`dialect.slots\` higher`,
    );
  };

  it.each(['auto', 'never'] as const)('is asked as usual after bridges (%s)', async (confirm) => {
    const world = await talking({ confirm }, { slots: 20, bridgeAny: 'first' });
    const { panel, pbx, clock } = world;
    const troubles = troublesOf(world);
    panel.subscribe(() => {});
    pbx.park(bob, 12);
    pbx.park(cem, 13);
    for (const [call, slot, uuid] of [
      [ann, 12, uuidOf(bob)],
      ['1-b', 13, uuidOf(cem)],
    ] as const) {
      const bridging = panel.bridge(call, { choose: 'switch' });
      await clock.forward(1_000);
      expect(await bridging).toEqual({ slot, uuid, confirmed: false });
    }
    await clock.forward(60_000);
    pbx.park(bob, 5);
    pbx.taken();
    expect(await panel.inspect(5)).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    expect(pbx.taken()).toEqual(['slots 5']);
    expect(panel.getSnapshot().sync.state).toBe('asking');
    expectSaidOnce(troubles, 12);
  });

  it('is asked as usual after eleven parks', async () => {
    const world = await talking({ confirm: 'auto' }, { slots: 20 });
    const { panel, pbx, clock } = world;
    const troubles = troublesOf(world);
    panel.subscribe(() => {});
    for (let number = 1; number <= 11; number += 1) {
      panel.track(event('answer', `1-${number}`));
      const parking = panel.park(`1-${number}`);
      await clock.forward(1_000);
      expect(await parking).toMatchObject({ slot: number, confirmed: number <= 9 });
    }
    pbx.taken();
    await clock.forward(60_000);
    const asked = pbx.taken();
    expect(asked).not.toEqual([]);
    expect(asked.filter((question) => Number(question.split(' ')[1]) > 9)).toEqual([]);
    expect(panel.getSnapshot().slots.map(({ state }) => state)).toEqual(Array(9).fill('held'));
    expectSaidOnce(troubles, 10);
  });
});

describe('a lot with fewer slots than the options say', () => {
  it('is asked only a few times about missing slots', async () => {
    const world = await talking({ patienceMs: 0 }, { slots: 3, patienceMs: 0 });
    const { panel, pbx, clock } = world;
    const troubles = troublesOf(world);
    pbx.park(bob, 2);
    panel.subscribe(() => {});
    await clock.forward(600_000);
    const asked = pbx.taken();
    const vain = asked.filter((question) => Number(question.split(' ')[1]) > 3);
    expect(vain.length).toBeGreaterThan(0);
    expect(vain.length).toBeLessThan(13);
    expect(asked.length).toBeGreaterThan(90);
    const { slots } = panel.getSnapshot();
    expect(slots.map(({ state }) => state)).toEqual([
      ...['free', 'held', 'free'],
      ...Array(6).fill('unknown'),
    ]);
    expect(slots.slice(3).every(({ confirmed }) => !confirmed)).toBe(true);
    expect(troubles).toMatchObject([{ code: 'invalid-options', kind: 'invalid' }]);
    expect(troubles[0]?.message).toMatch(
      /^expected slots from 1 to 9, but the switch has no slot [4-9]; set `dialect.slots` lower$/,
    );
  });

  it.each([
    ['as no such slot', 400, '{"status":"no-such-slot"}'],
    ['as a bad request', 400, '{"message":"slot is wrong"}'],
    ['as not found', 404, '{"message":"Not found"}'],
  ])('is asked only a few times if it refuses them %s', async (_, status, body) => {
    const { panel, pbx, clock } = await talking({}, { slots: 3 });
    const refuse = says(status, body);
    pbx.always = ({ slot = 0 }) => (slot > 3 ? refuse : well);
    panel.subscribe(() => {});
    await clock.forward(600_000);
    const asked = pbx.taken();
    const vain = asked.filter((question) => Number(question.split(' ')[1]) > 3);
    expect(vain.length).toBeLessThan(13);
    expect(asked.length).toBeGreaterThan(90);
    const beyond = panel.getSnapshot().slots.slice(3);
    expect(beyond.filter(({ confirmed }) => confirmed).map(({ slot }) => slot)).toEqual([]);
  });

  it('can be refreshed, and lists its free slots', async () => {
    const { panel, pbx } = await talking({}, { slots: 3 });
    pbx.park(bob, 2);
    const { slots } = await panel.refresh();
    expect(slots[1]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
    expect(slots[3]).toMatchObject({ state: 'unknown', confirmed: false });
    expect(await panel.freeSlots()).toEqual([1, 3]);
  });
});
