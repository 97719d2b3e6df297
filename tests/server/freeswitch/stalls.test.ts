// The table of a lot, which is built from the events of the engine. A scenario is a list of events and the
// changes that follow.

import { expect, test } from 'vitest';
import { readValetInfo, Stalls, type StallChange } from '../../../www/server/freeswitch/stalls.ts';
import { openEngine } from './observed.ts';

const NOW = 1_000_000;

/** Gives events as `hold A 5` to the slots of the lot `L`. */
function openStalls() {
  const stalls = new Stalls('L', 9);
  const apply = (text: string, headers: Record<string, string> = {}, now = NOW) => {
    const [action = '', uuid = '', slot = '', by] = text.split(' ');
    const change = stalls.apply(
      {
        name: 'CUSTOM valet_parking::info',
        body: '',
        headers: {
          'Valet-Lot-Name': 'L',
          'Valet-Extension': slot,
          Action: action,
          'Unique-ID': uuid,
          'Answer-State': 'answered',
          'Event-Date-Timestamp': String(now * 1_000),
          ...(by === undefined ? {} : { 'Bridge-To-UUID': by }),
          ...headers,
        },
      },
      now,
    );
    return change === null ? null : describe(change);
  };
  return { stalls, apply, held: () => stalls.all().map(({ uuid, slot }) => `${uuid} in ${slot}`) };
}

/** Describes a change as `held A 5` or `left A 5 taken B`. */
function describe(change: StallChange): string {
  const parts = [change.kind, change.uuid, change.slot];
  if (change.kind === 'left') parts.push(change.how);
  if ('by' in change) parts.push(change.by);
  return parts.join(' ');
}

const hungUp = { 'Answer-State': 'hangup', 'Hangup-Cause': 'NORMAL_CLEARING' };
const history = (entry: string) => ({ variable_transfer_history: entry });
const orbit = {
  ...history('ARRAY::1:A:bl_xfer:valet_park:L 5/default/inline|:2:A:bl_xfer:1001/default/XML'),
  variable_valet_parking_orbit_exten: '1001',
};
const parking = history('1:A:bl_xfer:set:x=1,valet_park:L 5/default/inline');

test.for([
  ['the caller hung up', hungUp, 'left A 5 abandoned'],
  ['the patience was over', orbit, 'left A 5 returned'],
  ['the API connected the call', history('2:A:uuid_br:B'), 'left A 5 bridged B'],
  [
    'the call went to another slot',
    history('2:A:bl_xfer:valet_park:L 6/default/inline'),
    'left A 5 moved',
  ],
  ['the caller pressed #', parking, 'left A 5 unknown'],
  ['a person transferred the call', history('2:A:bl_xfer:900/default/XML'), 'left A 5 unknown'],
] as const)('the headers of an exit say why: %s', ([, headers, expected]) => {
  const { apply, held } = openStalls();
  expect(apply('hold A 5', { ...parking, variable_valet_park_parked_by: '1001' })).toBe('held A 5');
  expect(held()).toEqual(['A in 5']);
  expect(apply('exit A 5', headers)).toBe(expected);
  expect(held()).toEqual([]);
});

test('a call that is taken has left at once, and its exit says by which call', () => {
  const { stalls, apply, held } = openStalls();
  apply('hold A 5');
  expect(apply('bridge A 5 B')).toBe('taken A 5 B');
  expect(held()).toEqual([]);
  expect(stalls.isLeaving(5)).toBe(true);
  expect(apply('exit A 5')).toBe('left A 5 taken B');
  expect(stalls.isLeaving(5)).toBe(false);
});

test('a call that enters before the other one has left is not dropped, and is doubtful', () => {
  const { stalls, apply, held } = openStalls();
  apply('hold A 5');
  expect(apply('hold B 5')).toBe('held B 5');
  expect(stalls.isLeaving(5)).toBe(true);
  expect(stalls.doubtful()).toEqual([]);
  expect(apply('exit A 5', hungUp)).toBe('left A 5 abandoned');
  expect(held()).toEqual(['B in 5']);
  expect(stalls.doubtful()).toMatchObject([{ uuid: 'B', slot: 5 }]);
  apply('exit B 5', hungUp);
  apply('hold C 5');
  expect(stalls.doubtful()).toEqual([]);
});

test.for([
  ['hung up', hungUp, false],
  ['returned', orbit, true],
  ['was connected by the API', history('2:A:uuid_br:B'), true],
] as const)('a call that %s haunts its slot: %s', ([, headers, isHaunting]) => {
  const { stalls, apply } = openStalls();
  apply('hold A 5');
  apply('exit A 5', headers, NOW + 7);
  expect(stalls.leftFrom(5)).toEqual({ uuid: 'A', at: NOW + 7, isHaunting });
});

test('other lots, other rows and unknown words change nothing', () => {
  const { apply, held } = openStalls();
  expect(apply('hold A 5', { 'Valet-Lot-Name': 'l' })).toBe(null);
  for (const slot of ['10', '0', '-1', '007', 'ask', ''])
    expect(apply(`hold A ${slot}`)).toBe(null);
  expect(apply('frob A 5')).toBe(null);
  expect(apply('exit A 5')).toBe(null);
  expect(apply('bridge A 5 B')).toBe(null);
  expect(held()).toEqual([]);
});

test('the list of the engine is read line by line, because it is no XML', () => {
  const output =
    '<lots>\n  <lot name="L">\n    <extension uuid="a<b>&"c"">5</extension>\n' +
    '    <extension uuid="B">x&y</extension>\n  </lot>\n  <lot name="l">\n' +
    '    <extension uuid="C">5</extension>\n  </lot>\n</lots>\n';
  expect(readValetInfo(output)).toEqual([
    { lot: 'L', slot: '5', uuid: 'a<b>&"c"' },
    { lot: 'L', slot: 'x&y', uuid: 'B' },
    { lot: 'l', slot: '5', uuid: 'C' },
  ]);
  expect(readValetInfo('<lots>\n</lots>\n')).toEqual([]);
});

test('the list corrects what events did not tell', () => {
  const { stalls, apply, held } = openStalls();
  for (const event of ['hold A 1', 'hold B 2', 'hold C 3']) apply(event);
  const rows = [
    { lot: 'L', slot: '1', uuid: 'A' },
    { lot: 'L', slot: '2', uuid: 'D' },
    { lot: 'l', slot: '4', uuid: 'E' },
  ];
  const changes = stalls.replace(rows, NOW + 5).map(describe);
  expect(changes).toEqual(['left B 2 unknown', 'left C 3 unknown', 'held D 2']);
  expect(held()).toEqual(['A in 1', 'D in 2']);
  expect(stalls.replace(rows, NOW + 6)).toEqual([]);
});

test('the events of an engine lead to what its list shows', async () => {
  const stalls = new Stalls('L', 9);
  const changes: string[] = [];
  const { pbx, clock, packet } = openEngine((event) => {
    const change = stalls.apply(event, clock.now());
    if (change !== null) changes.push(describe(change));
  });
  const enter = (uuid: string, slot: number) =>
    pbx.api('uuid_transfer', `${uuid} 'valet_park:L ${slot}' inline`);
  const [a, b, c] = [pbx.talk('1001'), pbx.talk('1002'), pbx.talk('1003')];
  enter(a, 5);
  await clock.forward(20);
  packet.share = 0.95;
  pbx.hangup(a);
  packet.share = 0;
  enter(b, 5);
  await clock.forward(40);
  expect(changes).toEqual([`held ${a} 5`, `held ${b} 5`, `left ${a} 5 abandoned`]);
  expect(stalls.doubtful()).toMatchObject([{ uuid: b }]);
  expect(stalls.replace(readValetInfo(pbx.api('valet_info', 'L')), clock.now())).toMatchObject([
    { kind: 'left', uuid: b },
  ]);
  enter(c, 7);
  await clock.forward(40);
  enter(c, 8);
  await clock.forward(40);
  expect(changes.slice(-3)).toEqual([`held ${c} 7`, `left ${c} 7 moved`, `held ${c} 8`]);
});
