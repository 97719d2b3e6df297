// Calls that no person can fetch any more are found, and put back.

import { expect, test } from 'vitest';
import { openLot } from './world.ts';

test('a call whose row the engine has lost is put into another slot', async () => {
  const { talk, ask, pbx, forward, stateOf, warnings, moves, packet } = openLot();
  const [a, b, c] = [talk('A'), talk('B', '1002'), talk('C', '1003')];
  await ask(a, 'park', 6);
  packet.share = 0.95;
  pbx.hangup(a);
  packet.share = 0.05;
  pbx.api('uuid_transfer', `${b} 'valet_park:L 6' inline`); // A telephone, by a feature code.
  packet.share = null;
  await forward(25);
  expect(pbx.engine.valet.list('L')).toEqual([]);
  await forward(1_000);
  expect(pbx.engine.valet.list('L')).toMatchObject([{ slot: '1', uuid: b }]);
  expect(warnings).toEqual(['FreeSWITCH has lost a call that waits: it is put into another slot']);
  expect(moves().slice(-2)).toEqual(['unknown B 6', 'parked B 1 at 1002']);
  expect(await ask(c, 'bridge', 1, '1003')).toMatchObject({ kind: 'bridged', uuid: b });
  expect(stateOf(b)).toBe('connected');
});

test('a call that was in doubt for a moment stays where it is', async () => {
  const { talk, pbx, ask, forward, warnings, packet } = openLot();
  const [a, b] = [talk('A'), talk('B', '1002')];
  await ask(a, 'park', 6);
  packet.share = 0;
  pbx.hangup(a);
  await forward(0);
  pbx.api('uuid_transfer', `${b} 'valet_park:L 6' inline`);
  packet.share = null;
  await forward(1_000);
  expect(pbx.engine.valet.list('L')).toMatchObject([{ slot: '6', uuid: b }]);
  expect(warnings).toEqual([]);
});

test('a call that a relay has left with its usher is put back into the lot', async () => {
  const { talk, pbx, ask, forward, warnings, stateOf } = openLot();
  const a = talk('A');
  await ask(a, 'park', 6);
  // As a relay does that ends in the middle of a command.
  const usher = '{origination_uuid=usher,valet_park_usher=true}null/valet-park';
  pbx.api('originate', `${usher} '&valet_park(L 6)'`);
  await forward(2_000);
  expect(stateOf(a)).toBe('parked');
  expect(pbx.engine.channels.get('usher')).toBe(undefined);
  expect(warnings).toHaveLength(1);
});

test('an usher without a call is ended', async () => {
  const { pbx, forward } = openLot();
  const usher = '{origination_uuid=usher,valet_park_usher=true}null/valet-park';
  pbx.api('originate', `${usher} '&valet_park(L 6)'`);
  await forward(2_000);
  expect(pbx.engine.channels.size).toBe(0);
});

test('without a free slot, a lost call rings at the extension that parked it', async () => {
  const { talk, pbx, ask, forward, stateOf } = openLot({ slots: 1 });
  const [a, b] = [talk('A'), talk('B')];
  await ask(a, 'park', 1);
  const usher = '{origination_uuid=usher,valet_park_usher=true}null/valet-park';
  pbx.api('originate', `${usher} '&valet_park(L 1)'`);
  await forward(45);
  pbx.api('uuid_transfer', `${b} 'valet_park:L 1' inline`);
  await forward(2_000);
  expect([a, b].map(stateOf)).toEqual(['ringing', 'parked']);
});
