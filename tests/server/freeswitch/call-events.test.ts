// The documented call events, made from the channels of the engine.

import { expect, test } from 'vitest';
import { CallEvents } from '../../../www/server/freeswitch/call-events.ts';
import {
  CHANNEL_EVENTS,
  Channels,
  readChannelList,
  timeOf,
} from '../../../www/server/freeswitch/channels.ts';
import type { EventFields } from '../../../www/server/relay/roster.ts';
import { openEngine } from './observed.ts';

function open() {
  const channels = new Channels();
  const calls = new CallEvents(channels, 7);
  const events: EventFields[] = [];
  const { pbx, clock, packet } = openEngine((event) => {
    expect(CHANNEL_EVENTS.length).toBe(8);
    events.push(...calls.changed(channels.apply(event), timeOf(event.headers)));
  });
  const names = new Map<string, string>();
  return {
    ...{ pbx, clock, packet, channels, calls, events },
    /** Gives a channel a name for `story`. */
    name: (name: string, uuid: string) => {
      names.set(`7-${uuid}`, name);
      return uuid;
    },
    /** The events since the last call, as `1001 dial-in A`. */
    story: () =>
      events.splice(0).map(({ EventType, CallAPIID = '', SubCallID = '' }) => {
        return `${SubCallID.split('-')[0]} ${EventType} ${names.get(CallAPIID) ?? '?'}`;
      }),
  };
}

test('a call to a telephone: it rings, is answered, and ends', async () => {
  const { pbx, clock, events } = open();
  const { caller, phone } = pbx.ring('1001', '+79161112233', 'Анна');
  pbx.answer(phone);
  await clock.forward(2_000);
  pbx.hangup(phone.uuid);
  await clock.forward(40);
  const common = {
    CallAPIID: `7-${caller.uuid}`,
    CallID: caller.uuid.replaceAll('-', ''),
    SubCallID: `1001-${phone.uuid.replaceAll('-', '')}`,
    CallFlow: 'in',
    CallerIDNum: '+79161112233',
    CallerIDName: 'Анна',
    CalledNumber: '1001',
    CalledExtensionID: '1001',
  };
  const known = { ...common, SipCallID: `sip-${phone.uuid}`, EventTime: expect.any(String) };
  expect(events).toEqual([
    { ...common, EventType: 'dial-in', EventTime: expect.any(String), CallStatus: 'CALLING' },
    { ...known, EventType: 'answer', CallStatus: 'ANSWER' },
    { ...known, EventType: 'hangup', CallStatus: 'ANSWER', Duration: '2000000' },
  ]);
});

test('when the SIP Call-ID of a telephone is known, the ring is told again with it', async () => {
  const { pbx, clock, events } = open();
  const { phone } = pbx.ring('1001', '100');
  await clock.forward(20);
  expect(events.map(({ EventType, SipCallID }) => [EventType, SipCallID])).toEqual([
    ['dial-in', undefined],
    ['dial-in', `sip-${phone.uuid}`],
  ]);
});

test('a telephone in a browser is shown with its extension', () => {
  const { pbx, channels } = open();
  const { phone } = pbx.ring('1001', '100');
  expect(channels.get(phone.uuid)).toMatchObject({ extension: '1001', number: '1001' });
});

test('a call from a telephone is named after the far end', async () => {
  const { pbx, clock, events, name, story } = open();
  const { phone, called } = pbx.dial('1001', '+79169998877');
  name('B', called.uuid);
  expect(events).toMatchObject([
    { CallFlow: 'out', CalledNumber: '+79169998877', CallerExtensionID: '1001' },
  ]);
  expect(story()).toEqual(['1001 dial-out B']);
  pbx.engine.answer(called);
  pbx.engine.answer(phone);
  pbx.engine.connect(phone, called);
  expect(story()).toEqual(['1001 answer B']);
  pbx.hangup(called.uuid);
  await clock.forward(40);
  expect(story()).toEqual(['1001 hangup B']);
});

test('a caller who gives up, and a telephone that is not answered', async () => {
  const { pbx, clock, events } = open();
  pbx.hangup(pbx.ring('1001', '100').caller.uuid);
  await clock.forward(40);
  expect(events.at(-1)).toMatchObject({ EventType: 'hangup', CallStatus: 'CANCEL', Duration: '0' });
});

test('a parked call leaves its telephone, and returns with the same name', async () => {
  const { pbx, clock, name, story } = open();
  const a = name('A', pbx.talk('1001'));
  story();
  const orbit = 'set:valet_parking_timeout=3,set:valet_parking_orbit_exten=1001';
  pbx.api('uuid_transfer', `${a} '${orbit},valet_park:L 5' inline`);
  await clock.forward(100);
  expect(story()).toEqual(['1001 hangup A']);
  await clock.forward(3_000);
  expect(new Set(story())).toEqual(new Set(['1001 dial-in A']));
});

test('each telephone of a group has its own call events', () => {
  const { pbx, name, story } = open();
  const { caller } = pbx.ring('1001', '100');
  name('A', caller.uuid);
  pbx.engine.create({
    ...{ direction: 'outbound', number: '100', destination: '1002' },
    presence: '1002@pbx.example',
    other: { type: 'originator', channel: caller },
    variables: new Map([['dialed_user', '1002']]),
  });
  expect(story()).toEqual(['1001 dial-in A', '1002 dial-in A']);
});

test('a telephone that picks up has a call of its own, until it is connected', async () => {
  const { pbx, clock, name, story, events } = open();
  const a = name('A', pbx.talk('1002'));
  pbx.api('uuid_transfer', `${a} 'valet_park:L 5' inline`);
  await clock.forward(40);
  story();
  const variables =
    "origination_uuid=T,valet_park_pick_up=5,origination_caller_id_name='Pick up 5 - A'";
  pbx.api('originate', `{${variables}}user/1001@pbx.example &park()`);
  name('T', 'T');
  expect(events.at(-1)).toMatchObject({
    ...{ CallerIDNum: '5', CallerIDName: 'Pick up 5 - A', PickUpSlot: '5', CallAPIID: '7-T' },
  });
  const phone = pbx.engine.channels.get('T');
  if (phone !== undefined) pbx.answer(phone);
  pbx.api('uuid_bridge', `${a} T`);
  await clock.forward(60);
  const times = events.map(({ EventTime }) => EventTime);
  expect(story()).toEqual([
    '1001 dial-in T',
    '1001 answer T',
    '1001 hangup T',
    '1001 dial-in A',
    '1001 answer A',
  ]);
  // A client takes an event for a late one if its leg has ended at the same time.
  const [ended, begun] = times.slice(-3);
  expect(Number(begun)).toBeGreaterThan(Number(ended));
});

test('an usher of the relay is the far end of no call', async () => {
  const { pbx, clock, name, story, calls } = open();
  const a = name('A', pbx.talk('1001'));
  story();
  pbx.api('originate', '{origination_uuid=U,valet_park_usher=true}null/valet-park &park()');
  pbx.api('uuid_bridge', `${a} U`);
  await clock.forward(60);
  expect(story()).toEqual(['1001 hangup A']);
  expect(calls.callsOf('1001')).toEqual([]);
});

test('the list of channels says the same as their events', async () => {
  const { pbx, clock, channels } = open();
  pbx.talk('1001', '+79161112233', 'Anna');
  pbx.ring('1002', '100');
  await clock.forward(40);
  const listed = new Channels();
  const changes = listed.replace(readChannelList(pbx.api('show', 'channels as json')));
  expect(changes.size).toBe(4);
  const facts = (all: Channels) =>
    all.all().map(({ uuid, extension, isAnswered, partner }) => ({
      ...{ uuid, extension, isAnswered, partner },
    }));
  expect(facts(listed)).toEqual(facts(channels));
  const calls = new CallEvents(listed, 7);
  const types = calls.changed(changes, 1).map(({ EventType, SubCallID = '' }) => {
    return `${SubCallID.slice(0, 4)} ${EventType}`;
  });
  expect(types).toEqual(['1001 dial-in', '1001 answer', '1002 dial-in']);
  expect(readChannelList('{"row_count":0}')).toEqual([]);
});

test('after events were missed, the list ends calls and begins calls', async () => {
  const { pbx, clock, channels, calls, story, name } = open();
  const gone = name('A', pbx.talk('1001'));
  story();
  const list = readChannelList(pbx.api('show', 'channels as json'));
  const rest = list.filter(({ uuid, placedBy }) => uuid !== gone && placedBy !== gone);
  const ended = calls.changed(channels.replace(rest), 5_000_000);
  expect(ended).toMatchObject([{ EventType: 'hangup', CallAPIID: `7-${gone}` }]);
  const begun = calls.changed(channels.replace(list), 6_000_000);
  expect(begun.map(({ EventType }) => EventType)).toEqual(['dial-in', 'answer']);
  await clock.forward(1);
});
