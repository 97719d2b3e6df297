// The lists of the engine are late. They do not overrule events that have just come.

import { expect, test } from 'vitest';
import { readChannelList } from '../../../www/server/freeswitch/channels.ts';
import { openLot } from './world.ts';

function open() {
  const world = openLot();
  const { pbx, state } = world;
  const listed = () => readChannelList(pbx.api('show', 'channels as json'));
  return { ...world, listed, partner: (uuid: string) => state.channels.get(uuid)?.partner };
}

test('a call that was answered while the lists were made stays answered', async () => {
  const { pbx, state, listed, forward, now } = open();
  const { caller, phone } = pbx.ring('1001', '100');
  await forward(20);
  const late = listed();
  pbx.answer(phone);
  await forward(20);
  state.replace(late, [], now());
  expect(state.channels.get(caller.uuid)).toMatchObject({ isAnswered: true, partner: phone.uuid });
});

test('a call that was parked while the lists were made stays in its slot', async () => {
  const { talk, ask, state, listed, now, moves } = open();
  const a = talk('A');
  const late = listed();
  await ask(a, 'park', 6);
  state.replace(late, [], now());
  expect(state.waitingIn(6)?.uuid).toBe(a);
  expect(moves()).toEqual(['parked A 6 at 1001']);
});

test('a call that is on its way from its slot to a telephone has not left for unknown reasons', async () => {
  const { talk, ask, state, listed, now, moves, onCommand } = open();
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 6);
  onCommand((command) => {
    if (command.startsWith('uuid_bridge')) state.replace(listed(), [], now());
  });
  expect(await ask(b, 'bridge', 6)).toMatchObject({ kind: 'bridged' });
  expect(moves()).toEqual(['parked A 6 at 1001', 'bridged A 6 by B of 1001']);
});

test('what the lists say of calls that no event has named for seconds counts', async () => {
  const { talk, ask, pbx, state, listed, now, forward, moves } = open();
  const a = talk('A');
  await ask(a, 'park', 6);
  await forward(5_000);
  pbx.clear(); // Without an event.
  state.replace(listed(), [], now());
  expect(state.waiting()).toEqual([]);
  expect(moves().at(-1)).toBe('unknown A 6');
});
