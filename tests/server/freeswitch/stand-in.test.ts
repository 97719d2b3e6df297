// The stand-in for FreeSWITCH does what a real one was seen to do: the order of its events, and its races.

import { expect, test } from 'vitest';
import { StandIn } from './stand-in.ts';
import type { FiredEvent } from './stand-in-socket.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A stand-in on a virtual clock. */
function open() {
  /** Channels react after this share of a packet: 0 is at once, 1 is 20 ms. */
  const packet = { share: 0.5 };
  const clock = new VirtualClock();
  const events: FiredEvent[] = [];
  const pbx = new StandIn({
    now: clock.now,
    wakeIn: clock.wakeIn,
    random: () => packet.share,
    fire: (event) => events.push(event),
  });
  const names = new Map<string, string>();
  const nameOf = (uuid = '') => names.get(uuid) ?? uuid;
  return {
    pbx,
    clock,
    packet,
    events,
    /** A caller who talks with telephone 1001. The caller has this name in `story`. */
    talk(name: string): string {
      const uuid = pbx.talk('1001', '100', name);
      names.set(uuid, name);
      return uuid;
    },
    /** Lets a call enter a slot, as a transfer does. */
    async enter(uuid: string, slot: number | string) {
      pbx.api('uuid_transfer', `${uuid} 'valet_park:L ${slot}' inline`);
      await clock.forward(20);
    },
    list: () => pbx.engine.valet.list('L').map(({ uuid, slot }) => `${nameOf(uuid)} in ${slot}`),
    /** The events since the last call, without those of telephones: `hold A 5`, `bridge A 5 B`. */
    story() {
      return events.splice(0).flatMap(({ name, headers }) => {
        const { Action, 'Unique-ID': uuid, 'Bridge-To-UUID': to } = headers;
        if (Action !== undefined) {
          const other = to === undefined ? '' : ` ${nameOf(to)}`;
          return [`${Action} ${nameOf(uuid)} ${headers['Valet-Extension']}${other}`];
        }
        if (!names.has(uuid ?? '')) return [];
        if (name === 'CHANNEL_HANGUP') return [`hangup ${nameOf(uuid)}`];
        const { 'Bridge-A-Unique-ID': one, 'Bridge-B-Unique-ID': two } = headers;
        return name === 'CHANNEL_BRIDGE' ? [`talk ${nameOf(one)} ${nameOf(two)}`] : [];
      });
    },
  };
}

test('a call that is sent to a slot leaves its telephone, and waits', async () => {
  const { talk, enter, list, story, events } = open();
  const a = talk('A');
  story();
  await enter(a, 5);
  expect(events.map(({ name }) => name)).toContain('CHANNEL_HANGUP'); // The telephone.
  expect(story()).toEqual(['hold A 5']);
  expect(list()).toEqual(['A in 5']);
});

test('a call that hangs up leaves the list within a packet, after the hang-up', async () => {
  const { pbx, clock, packet, talk, enter, list, story } = open();
  packet.share = 0.75;
  const a = talk('A');
  await enter(a, 5);
  story();
  pbx.hangup(a);
  expect(list()).toEqual(['A in 5']);
  await clock.forward(14);
  expect(story()).toEqual(['hangup A']);
  await clock.forward(1);
  expect(story()).toEqual(['exit A 5']);
  expect(list()).toEqual([]);
});

test('the second call gets the first: bridge, exit, and then they talk', async () => {
  const { clock, talk, enter, list, story, events } = open();
  const [a, b] = [talk('A'), talk('B')];
  await enter(a, 5);
  story();
  await enter(b, 5);
  await clock.forward(40);
  const exit = events.find(({ headers }) => headers['Action'] === 'exit');
  expect(exit?.headers).toMatchObject({ 'Answer-State': 'answered', variable_bridge_uuid: b });
  expect(story()).toEqual(['bridge A 5 B', 'exit A 5', 'talk A B']);
  expect(list()).toEqual([]);
});

test.for([
  [19, 'lost'],
  [20, 'shown'],
] as const)('a call that enters %i ms after a hang-up is %s', async ([delayMs, fate]) => {
  const { pbx, clock, packet, talk, enter, list, story } = open();
  const [a, b] = [talk('A'), talk('B')];
  await enter(a, 5);
  packet.share = 0.99;
  pbx.hangup(a);
  packet.share = 0;
  await clock.forward(delayMs);
  await enter(b, 5);
  expect(story()).toContain('hold B 5');
  expect(pbx.engine.channels.get(b)?.isUp).toBe(true);
  expect(list()).toEqual(fate === 'lost' ? [] : ['B in 5']);
});

test('after its patience a call goes to the orbit, and its exit says so', async () => {
  const { pbx, clock, talk, events, list } = open();
  const a = talk('A');
  const orbit = 'set:valet_parking_timeout=3,set:valet_parking_orbit_exten=1001';
  pbx.api('uuid_transfer', `${a} '${orbit},valet_park:L 5' inline`);
  await clock.forward(3_000);
  expect(list()).toEqual(['A in 5']);
  events.length = 0;
  await clock.forward(20);
  const [exit, ring] = events;
  expect(exit?.headers).toMatchObject({ Action: 'exit', 'Caller-Destination-Number': '1001' });
  expect(exit?.headers['variable_transfer_history']).toMatch(/:bl_xfer:1001\/default\/XML$/);
  expect(ring).toMatchObject({ name: 'CHANNEL_CREATE', headers: { 'Other-Leg-Unique-ID': a } });
});

test('a bridge by the API takes a call out of its slot, and ends the telephone of the other', async () => {
  const { pbx, clock, talk, enter, list, story } = open();
  const [a, b] = [talk('A'), talk('B')];
  await enter(a, 5);
  story();
  expect(pbx.api('uuid_bridge', `${a} ${b}`)).toBe(`+OK ${b}\n`);
  await clock.forward(60);
  expect(story()).toEqual(['exit A 5', 'talk A B']);
  expect(list()).toEqual([]);
  pbx.hangup(b);
  await clock.forward(20);
  expect(story()).toEqual(['hangup B', 'hangup A']);
  expect(pbx.engine.channels.size).toBe(0);
});

test('a bridge with a call that has hung up changes nothing', async () => {
  const { pbx, clock, talk, enter, story, list } = open();
  const [a, b] = [talk('A'), talk('B')];
  await enter(a, 5);
  pbx.hangup(b);
  story();
  expect(pbx.api('uuid_bridge', `${a} ${b}`)).toBe('-ERR Invalid uuid\n');
  await clock.forward(60);
  expect(list()).toEqual(['A in 5']);
});

test('a silent channel of the engine enters a slot, and gets the call there', async () => {
  const { pbx, clock, talk, enter, story, list } = open();
  const a = talk('A');
  await enter(a, 5);
  story();
  const reply = pbx.api('originate', "{origination_uuid=usher}null/valet-park '&valet_park(L 5)'");
  expect(reply).toBe('+OK usher\n');
  await clock.forward(40);
  expect(story()).toEqual(['bridge A 5 usher', 'exit A 5', 'talk A usher']);
  pbx.api('originate', "{origination_uuid=usher2}null/valet-park '&valet_park(L 5)'");
  expect(list()).toEqual(['usher2 in 5']);
  pbx.api('uuid_kill', 'usher2');
  await clock.forward(20);
  expect(list()).toEqual([]);
});

test('a telephone that is called by the API is parked without a slot when it is answered', async () => {
  const { pbx, clock, events } = open();
  const phone = "{origination_uuid=T,origination_caller_id_name='Pick up 6 - Anna, home'}";
  pbx.api('originate', `${phone}user/1001@pbx.example &park()`);
  const channel = pbx.engine.channels.get('T');
  expect(channel).toMatchObject({ presence: '1001@pbx.example', name: 'Pick up 6 - Anna, home' });
  if (channel !== undefined) pbx.answer(channel);
  await clock.forward(20);
  expect(events.map(({ name }) => name)).toEqual([
    'CHANNEL_CREATE',
    'CHANNEL_ANSWER',
    'CHANNEL_PARK',
  ]);
  // The engine leaves out what stands before a colon, if it calls a telephone.
  pbx.api(
    'originate',
    "{origination_uuid=C,origination_caller_id_name='a:b'}user/1001@pbx.example &park()",
  );
  expect(pbx.engine.channels.get('C')?.name).toBe('b');
  expect(pbx.api('originate', 'user/1009@other &park()')).toBe('-ERR USER_NOT_REGISTERED\n');
});
