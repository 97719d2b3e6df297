// A panel of an idle person picks up: nothing but the feed of the switch tells it of calls.

import { ValetPark } from 'valet-park';
import { expect, onTestFinished, test } from 'vitest';
import { openDesk, RECEPTION, SALES, uuidOf } from './desk.ts';

test.each(['lot', 'freeswitch'] as const)('an idle person picks up (%s)', async (profile) => {
  const { pbx, ask } = await openDesk({ now: Date.now, profile });
  const { exchange } = pbx;
  const anna = exchange.answer(exchange.ring(RECEPTION, '+79161112233', 'Anna').call).call;
  await ask(anna, { action: 'park', slot: '6' });

  const panel = await ValetPark.open({
    baseUrl: `${pbx.url}/api/ver1.0`,
    extension: SALES,
    headers: () => ({ Authorization: `Bearer ${pbx.token}` }),
    feed: `${pbx.url}/feed?extension=${SALES}`,
  });
  onTestFinished(() => panel.dispose());
  panel.subscribe(() => {});

  const picked = panel.pickUp(6, { expect: anna });
  const own = () => panel.getSnapshot().calls.find(({ extension }) => extension === SALES);
  await expect.poll(own).toMatchObject({ state: 'ringing', caller: { name: 'Pick up 6: Anna' } });
  exchange.answer(own()?.call ?? '');
  expect(await picked).toEqual({ slot: 6, uuid: uuidOf(anna) });
  const caller = { number: '+79161112233', name: 'Anna' };
  await expect.poll(own).toMatchObject({ state: 'talking', caller });
  await expect.poll(() => panel.getSnapshot().slots[5]?.state).toBe('free');

  // Nothing rings when the same pick-up is asked for again, as after a lost answer.
  expect(await panel.pickUp(6, { expect: anna })).toEqual({ slot: 6, uuid: uuidOf(anna) });
  expect(exchange.calls().filter(({ state }) => state === 'ringing')).toEqual([]);
  expect(exchange.accidents).toEqual([]);
});
