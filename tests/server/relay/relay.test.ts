// A relay before a strict switch: what panels see and may do.

import { expect, test } from 'vitest';
import { RECEPTION, SALES } from '../desk.ts';
import { openCompany, until } from './company.ts';

test('a call that is parked in one panel is seen in the other, with its caller', async () => {
  const company = await openCompany();
  const [reception, sales] = [await company.panel(RECEPTION), await company.panel(SALES)];
  const call = company.talk(RECEPTION, '+79161112233', 'Anna');
  await until(reception, ({ calls }) => calls.length === 1);

  const { slot, confirmed } = await reception.park(call, { slot: 6 });
  expect([slot, confirmed]).toEqual([6, true]);
  const { slots } = await until(sales, ({ slots }) => slots[5]?.caller?.name === 'Anna');
  expect(slots[5]).toMatchObject({
    state: 'held',
    confirmed: true,
    call,
    parkedBy: RECEPTION,
    exact: true,
    caller: { number: '+79161112233', name: 'Anna' },
  });

  const taker = company.talk(SALES, '+79990000000');
  await until(sales, ({ calls }) => calls.length === 1);
  await sales.bridge(taker, { slot: 6 });
  const after = await until(reception, ({ departures }) => departures.length === 1);
  expect(after.departures[0]).toMatchObject({ slot: 6, call, reason: 'bridged', takenBy: SALES });
  expect(company.arrived.filter((one) => /park|bridge/.test(one))).toEqual(['park 6', 'bridge 6']);
});
