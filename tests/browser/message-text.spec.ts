// The texts and the order of the messages of the panel, tested without a browser.

import { expect, test } from '@playwright/test';
import type { CallView, Departure, SlotView } from 'valet-park';
import { ValetError } from '../../src/client/error.ts';
import type { Attempt } from '../../www/element/attempt.ts';
import { failureText } from '../../www/element/error-text.ts';
import { loadLocale } from '../../www/element/languages.ts';
import { english, type Locale } from '../../www/element/locale.ts';
import { departureOf, returnedTexts } from '../../www/element/returned.ts';
import { isUrgent, summarize, type LotEvent } from '../../www/element/summary.ts';
import { putBack, takeBack } from '../../www/element/undo.ts';

const names = {
  home: 'Reception',
  nameOf: (id: string) => ({ 34414: 'Reception', 32494: 'Sales' })[id] ?? id,
};

function party(name: string, number = '+7 495 123-45-67'): SlotView['caller'] {
  return { name, number, extension: null };
}

function call(more: Partial<CallView> = {}): CallView {
  return {
    ...{ call: '34414-anna', callId: null, sipCallId: null, uuid: 'anna', extension: '34414' },
    ...{ direction: 'in', caller: party('Anna'), called: null, state: 'ringing', since: 0 },
    ...{ slot: null, returnedFrom: { slot: 1, waitedMs: 180_040 }, pending: null },
    ...more,
  };
}

function departure(more: Partial<Departure> = {}): Departure {
  return {
    ...{ slot: 1, uuid: 'anna', call: null, caller: party('Anna'), at: 0, reason: 'returned' },
    ...{ mine: true, parkedBy: '34414', takenBy: null, note: null, forWhom: null, waitedMs: 0 },
    ...more,
  };
}

function view(more: Partial<SlotView> = {}): SlotView {
  return {
    ...{ slot: 1, state: 'held', pending: null, confirmed: true, checkedAt: 0, uuid: 'anna' },
    ...{ call: null, caller: party('Anna'), parkedBy: '34414', mine: true, heldSince: 0 },
    ...{ exact: true, returnsAt: 180_000, note: null, forWhom: null },
    ...more,
  };
}

function back(of: CallView, departures: readonly Departure[], locale: Locale = english): string {
  return returnedTexts(of, departures, names.nameOf, 185_000)
    .map((each) => locale.format(each))
    .join(' · ');
}

test('a call that is back says from where, how long it waited, who parked it and for whom', async () => {
  const noted = departure({ forWhom: 'Petrov', note: 'has the file' });
  expect(back(call(), [noted])).toBe(
    'back from slot 1 · waited 3:00 · parked by you · for Petrov · “has the file”',
  );
  expect(back(call(), [noted], await loadLocale('ru'))).toBe(
    'вызов вернулся из слота 1 · ждал 3:00 · поставлен вами · для кого: Petrov · «has the file»',
  );
  expect(back(call(), [departure({ mine: false, parkedBy: '32494' })])).toBe(
    'back from slot 1 · waited 3:00 · parked by Sales',
  );
  expect(back(call(), [])).toBe('back from slot 1 · waited 3:00');
  expect(back(call({ returnedFrom: { slot: 1, waitedMs: 208_000 } }), [])).toBe('back from slot 1');
  expect(back(call({ returnedFrom: null }), [departure()])).toBe('');
});

test('a call that is back finds its departure by its UUID, else by slot and number', () => {
  const other = departure({ uuid: 'boris', caller: party('Boris', '+7 1') });
  const old = departure({ slot: 2 });
  expect(departureOf(call(), [other, old, departure()])).toEqual(departure());
  expect(departureOf(call({ uuid: 'new' }), [other, departure()])).toEqual(departure());
  expect(departureOf(call({ uuid: 'new', caller: party('', '') }), [other])).toBeNull();
  expect(departureOf(call(), [departure({ reason: 'abandoned' })])).toBeNull();
});

test('several events at once are sentences with the most urgent first', () => {
  const events: LotEvent[] = [
    { departure: departure({ slot: 7, mine: false, reason: 'abandoned', caller: party('Gerd') }) },
    { view: view({ slot: 5, caller: party('Emma') }), leftMs: 30_000 },
    { view: view({ slot: 4, caller: party('David') }), leftMs: 10_000 },
    { departure: departure({ slot: 3, caller: party('Carla') }) },
    { view: view({ slot: 2, caller: party('Boris') }), leftMs: 0 },
    { call: call() },
  ];
  const context = { locale: english, names, departures: [departure()], longestMs: 185_000 };
  expect(summarize(events, context).map((each) => english.format(each))).toEqual([
    'Anna is back from slot 1, waited 3:00, parked by you',
    'Slot 3: Carla returned to Reception',
    'Slot 2: Boris is returning',
    'Slot 4: David returns in 10 seconds',
    'Slot 5: Emma returns in 30 seconds',
    'Slot 7: Gerd hung up',
  ]);
  expect(events.map(isUrgent)).toEqual([false, false, true, true, true, true]);
  const backs = ['a', 'b'].map((name, at) => {
    return { call: call({ call: name, returnedFrom: { slot: at + 1, waitedMs: 1 } }) };
  });
  expect(summarize(backs, context).map((each) => english.format(each))).toEqual([
    '2 calls are back: slot 1 Anna, slot 2 Anna',
  ]);
});

const park: Attempt = { what: 'park', caller: party('Anna'), slot: 6 };
const bridge: Attempt = { what: 'bridge', caller: party('Anna'), slot: 6, uuid: 'anna' };

function failed(code: string, attempt: Attempt, more: object = {}, known: object = {}): string {
  const details = { code, kind: 'refusal', outcome: 'not-done', slot: null, message: '', ...more };
  const error = new ValetError(details as unknown as ConstructorParameters<typeof ValetError>[0]);
  const evidence = { locale: english, names, departure: null, view: null, ...known };
  return english.format(failureText(error, attempt, evidence));
}

test('an error says what was tried and why it was not done', () => {
  expect(failed('lot-full', { ...park, slot: null })).toBe(
    'Anna was not parked. All slots are taken',
  );
  expect(failed('taken', park)).toBe('Anna was not parked. Slot 6 is already taken');
  expect(failed('unreachable', { what: 'check', slot: 3 })).toBe(
    'Slot 3 was not checked. The switch cannot be reached',
  );
  expect(failed('no-notes', { ...bridge, what: 'note' })).toBe(
    'The note for Anna was not saved. The note cannot be stored: this server keeps no notes',
  );
});

test('an error without a known result says that the panel is checking', () => {
  const unknown = { outcome: 'unknown' };
  expect(failed('timed-out', park, unknown)).toBe(
    'It is not known whether Anna was parked in slot 6. The switch did not answer in time. ' +
      'The panel is checking…',
  );
  expect(failed('timed-out', { ...park, slot: null }, unknown)).toBe(
    'It is not known whether Anna was parked. The switch did not answer in time. ' +
      'The panel is checking…',
  );
  expect(failed('timed-out', { what: 'check', slot: 3 }, unknown)).toBe(
    'Slot 3 was not checked. The switch did not answer in time',
  );
});

test('the loser of a race reads who was faster', () => {
  const gone = (more: Partial<Departure>): object => ({ departure: departure(more) });
  const lost = (more: Partial<Departure>): string => failed('vacant', bridge, {}, gone(more));
  expect(lost({ reason: 'bridged', takenBy: '32494' })).toBe(
    'Anna was not connected. Sales took the call first',
  );
  expect(lost({ reason: 'bridged' })).toBe(
    'Anna was not connected. Another person took the call first',
  );
  expect(lost({})).toBe('Anna was not connected. The call has returned to you');
  expect(lost({ mine: false, parkedBy: '32494' })).toBe(
    'Anna was not connected. The call has returned to Sales',
  );
  expect(lost({ reason: 'abandoned' })).toBe('Anna was not connected. The caller has hung up');
  expect(failed('vacant', bridge)).toBe('Anna was not connected. Slot 6 is empty now');
  const holder = {
    view: view({ slot: 6, caller: party('Boris'), mine: false, parkedBy: '32494' }),
  };
  expect(failed('taken', park, {}, holder)).toBe(
    'Anna was not parked. Boris already waits in slot 6, parked by Sales',
  );
});

test('a sentence isolates a right-to-left name from its number', () => {
  const arabic = { ...bridge, caller: party('محمد') };
  expect(failed('vacant', arabic)).toBe('\u2068محمد\u2069 was not connected. Slot 6 is empty now');
});

test('a park can be taken back only while the same call waits', () => {
  const done = { slot: 1, uuid: 'anna' };
  expect(takeBack(done, [view()])).toEqual({ what: 'takeBack', ...done });
  expect(takeBack(done, [view({ uuid: 'boris' })])).toBeNull();
  expect(takeBack(done, [view({ pending: 'bridging' })])).toBeNull();
  expect(takeBack(done, [view({ state: 'free', uuid: null })])).toBeNull();
});

test('a call can be put back only if it is certain which of our calls it is', () => {
  const free = [view({ state: 'free', uuid: null, caller: null })];
  const picked = { slot: 1, uuid: 'anna', caller: party('Anna'), pickedUpAt: 1_000, texts: {} };
  const own = call({
    call: 'own',
    uuid: 'own',
    state: 'talking',
    since: 2_000,
    returnedFrom: null,
  });
  expect(putBack(picked, free, [own])).toEqual({
    what: 'putBack',
    slot: 1,
    call: 'own',
    texts: {},
  });
  // Another call waits in the slot now.
  expect(putBack(picked, [view({ uuid: 'boris' })], [own])).toBeNull();
  // Two calls have the number.
  expect(putBack(picked, free, [own, { ...own, call: 'x', uuid: 'x' }])).toBeNull();
  // The call was there before the pick-up.
  expect(putBack(picked, free, [{ ...own, since: 500 }])).toBeNull();
  // After a bridge the caller talks with another person.
  expect(putBack({ ...picked, pickedUpAt: null }, free, [own])).toBeNull();
  // The switch still has the call itself at our extension.
  expect(putBack({ ...picked, pickedUpAt: null }, free, [{ ...own, uuid: 'anna' }])).toEqual({
    ...{ what: 'putBack', slot: 1, call: 'own', texts: {} },
  });
});
