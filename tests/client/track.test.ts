// Call events in every form, and the state of calls that follows from them.

import { parseCallEvent } from 'valet-park';
import { describe, expect, it } from 'vitest';
import {
  ann,
  bob,
  callNumbered,
  dan,
  event,
  extension,
  opened,
  settled,
  talking,
  uuidOf,
} from './host.ts';
import { well } from './switch.ts';

describe('track', () => {
  const text = event('dial-in', ann, { CallerIDName: 'Анна 😀' });
  const object = Object.fromEntries(new URLSearchParams(text));

  it.each([
    ['a query string', text],
    ['a query string with a question mark', `?${text}`],
    ['a form', new URLSearchParams(text)],
    ['an object of texts', object],
    ['a frozen object', Object.freeze({ ...object })],
    ['an object without a prototype', Object.assign(Object.create(null) as object, object)],
    ['a proxy', new Proxy({ ...object }, {})],
    ['an event that was parsed', parseCallEvent(text)],
    ['an event that crossed to a worker', structuredClone(parseCallEvent(text))],
  ])('accepts %s', async (_, source) => {
    const { panel, clock } = await opened();
    panel.track(source);
    expect(panel.getSnapshot().calls).toEqual([
      {
        ...{ call: ann, callId: uuidOf(ann).replaceAll('-', ''), sipCallId: null },
        ...{ uuid: uuidOf(ann), returnedFrom: null },
        ...{
          extension,
          direction: 'in',
          state: 'ringing',
          since: clock.start,
          slot: null,
          pending: null,
        },
        caller: { number: '+79161112233', name: 'Анна 😀', extension: null },
        called: { number: null, name: null, extension },
      },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a symbol', Symbol('x')],
    ['a function', () => text],
    ['an empty text', ''],
    ['HTML', '<html>'],
    ['an event without a type', event('', ann).replace('EventType=', 'Type=')],
    ['a field that is a number', { EventType: 'answer', CallID: 5 }],
    ['a parsed event without its fields', { ...parseCallEvent(text), raw: null }],
    ['a list of texts', ['EventType=answer']],
  ])('refuses %s, and does no harm', async (_, source) => {
    const { panel } = await talking();
    const before = panel.getSnapshot();
    expect(() => panel.track(source as string)).toThrow(
      expect.objectContaining({ code: 'invalid-event', kind: 'invalid', outcome: 'not-done' }),
    );
    expect(panel.getSnapshot()).toBe(before);
    panel.track(text);
    expect(panel.getSnapshot().calls).toHaveLength(2);
  });

  it('ignores events that are late, unknown or of other extensions', async () => {
    const { panel } = await opened();
    panel.track(event('dial-in', ann, { CalledExtensionID: '32494' }));
    panel.track(event('transfer', bob));
    panel.track('EventType=dial-in');
    expect(panel.getSnapshot().calls).toEqual([]);
    panel.track(event('answer', ann, { EventTime: '1600000009000000', SubCallID: '34414-1' }));
    panel.track(event('dial-in', ann, { EventTime: '1600000001000000', SubCallID: '34414-1' }));
    expect(panel.getSnapshot().calls).toMatchObject([{ call: ann, state: 'talking' }]);
  });

  it('keeps calls in the order of their start, and at most 256 of them', async () => {
    const { panel } = await opened();
    for (let number = 0; number < 300; number += 1) {
      panel.track(event('dial-in', callNumbered(number)));
    }
    const { calls } = panel.getSnapshot();
    expect(calls).toHaveLength(256);
    expect(calls[0]?.call).toBe(callNumbered(44));
    expect(calls.at(-1)?.call).toBe(callNumbered(299));
  });

  it('keeps names unchanged, even with markup or `__proto__`', async () => {
    const { panel } = await opened();
    const name = '<img src=x onerror=alert(1)> __proto__ \u202e';
    panel.track(event('dial-in', ann, { CallerIDName: name, ['__proto__']: 'x' }));
    expect(panel.getSnapshot().calls[0]?.caller?.name).toBe(name);
  });
});

describe('a call that rings on two devices', () => {
  const leg = (type: string, id: string): string => event(type, ann, { SubCallID: id });

  it('continues after one device answered and the other stopped ringing', async () => {
    const { panel } = await talking();
    for (const id of ['a', 'b']) panel.track(leg('dial-in', id));
    expect(panel.whereIs(ann)).toEqual({ state: 'ringing' });
    panel.track(leg('answer', 'a'));
    panel.track(leg('hangup', 'b'));
    expect(panel.whereIs(ann)).toEqual({ state: 'talking' });
    expect(panel.getSnapshot().calls).toMatchObject([{ call: dan }, { call: ann }]);
    panel.track(leg('hangup', 'a'));
    expect(panel.whereIs(ann)).toMatchObject({ state: 'gone' });
  });

  it('rings while one of the devices rings, and is gone after the last one', async () => {
    const { panel } = await talking();
    for (const id of ['a', 'b']) panel.track(leg('dial-in', id));
    panel.track(leg('hangup', 'b'));
    expect(panel.whereIs(ann)).toEqual({ state: 'ringing' });
    panel.track(leg('hangup', 'a'));
    expect(panel.whereIs(ann)).toMatchObject({ state: 'gone' });
  });

  it('is gone when the device that answered hangs up', async () => {
    const { panel } = await talking();
    for (const id of ['a', 'b']) panel.track(leg('dial-in', id));
    panel.track(leg('answer', 'a'));
    panel.track(leg('hangup', 'a'));
    expect(panel.whereIs(ann)).toMatchObject({ state: 'gone' });
  });

  it('can be parked from the device that answered it', async () => {
    const { panel } = await talking();
    for (const id of ['a', 'b']) panel.track(leg('dial-in', id));
    panel.track(leg('answer', 'a'));
    panel.track(leg('hangup', 'b'));
    await panel.park(ann, { slot: 5 });
    panel.track(leg('hangup', 'a'));
    expect(panel.whereIs(ann)).toMatchObject({ state: 'parked', slot: 5 });
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
  });
});

describe('whereIs', () => {
  it('follows a call through its life, by its name and by its UUID', async () => {
    const { panel } = await talking();
    const where = (): unknown => {
      const [full, short] = [panel.whereIs(ann), panel.whereIs(uuidOf(ann).toUpperCase())];
      expect(short).toEqual(full);
      return full;
    };
    expect(where()).toEqual({ state: 'unknown' });
    panel.track(event('dial-in', ann));
    expect(where()).toEqual({ state: 'ringing' });
    panel.track(event('answer', ann));
    expect(where()).toEqual({ state: 'talking' });
    const parking = panel.park(ann, { slot: 5 });
    await parking;
    expect(where()).toEqual({ state: 'parked', slot: 5, confirmed: true });
    await panel.bridge(bob, { slot: 5 });
    expect(where()).toMatchObject({ state: 'gone', reason: 'bridged' });
  });

  it('shows a call as parked before the answer, unconfirmed', async () => {
    const { panel, pbx } = await talking();
    let answer = (): void => {};
    pbx.faults.push(
      well,
      (carryOut) => new Promise((resolve) => (answer = () => resolve(carryOut()))),
    );
    const parking = panel.park(ann, { slot: 5 });
    await settled();
    expect(panel.whereIs(ann)).toEqual({ state: 'parked', slot: 5, confirmed: false });
    await new Promise((resolve) => setImmediate(resolve));
    answer();
    await parking;
    expect(panel.whereIs(ann)).toEqual({ state: 'parked', slot: 5, confirmed: true });
  });

  it('shows a call that hung up as gone, for an unknown reason', async () => {
    const { panel, clock } = await talking();
    panel.track(event('answer', ann));
    await clock.forward(5);
    panel.track(event('hangup', ann));
    expect(panel.whereIs(ann)).toEqual({ state: 'gone', reason: 'unknown', at: clock.start + 5 });
  });

  it.each([undefined, null, 5, '', 'a/b', '.', '\ud800', {}, Symbol('x')])(
    'refuses a wrong name: %s',
    async (name) => {
      const { panel } = await opened();
      expect(() => panel.whereIs(name as string)).toThrow(
        expect.objectContaining({ code: 'invalid-call', kind: 'invalid' }),
      );
    },
  );
});
