// Goal: a softphone finds the call of each of its SIP dialogs.
// Method: call events reach a panel, and the panel is asked for the calls of some dialogs.

import { type Dialog, isValetError } from 'valet-park';
import { expect, it } from 'vitest';
import { ann, bob, event, opened } from './host.ts';

const leg = 'e6bd7bb2622b424392a012e28473f91a';

it('finds a call by its number, in any spelling', async () => {
  const { panel } = await opened();
  panel.track(event('dial-in', ann));
  expect(panel.callOf({ direction: 'in', number: '89161112233' })).toBe(ann);
  expect(panel.callOf({ direction: 'in', number: 'sip:+79161112233@pbx.example' })).toBe(ann);
  expect(panel.callOf({ direction: 'out', number: '+79161112233' })).toBeNull();
  expect(panel.callOf({ direction: 'in', number: '+74950001122' })).toBeNull();
});

it('tells two calls of one number apart by the order of ringing', async () => {
  const { clock, panel } = await opened();
  const since = clock.now();
  panel.track(event('dial-in', ann));
  await clock.forward(1_000);
  panel.track(event('dial-in', bob));
  const first: Dialog = { direction: 'in', number: '+79161112233', since };
  const second: Dialog = { direction: 'in', number: '+79161112233', since: since + 1_000 };
  expect(panel.callOf(first, [second])).toBe(ann);
  expect(panel.callOf(second, [first])).toBe(bob);
  expect(panel.callOf(first)).toBeNull();
});

it('finds the only call of a withheld number, and never guesses between two', async () => {
  const { panel } = await opened();
  panel.track(event('dial-in', ann, { CallerIDNum: '' }));
  const dialog: Dialog = { direction: 'in', number: null };
  expect(panel.callOf(dialog)).toBe(ann);
  panel.track(event('dial-in', bob, { CallerIDNum: 'anonymous' }));
  expect(panel.callOf(dialog, [{ direction: 'in', number: 'anonymous' }])).toBeNull();
});

it('prefers a name to a number', async () => {
  const { panel } = await opened();
  panel.track(event('dial-in', ann, { SubCallID: `34414-${leg}`, CallerIDNum: '100' }));
  panel.track(event('dial-in', bob, { SipCallID: 'b86ca3a4@10.0.0.1', CallerIDNum: '200' }));
  expect(panel.getSnapshot().calls.map(({ sipCallId }) => sipCallId)).toEqual([
    null,
    'b86ca3a4@10.0.0.1',
  ]);
  expect(panel.callOf({ direction: 'in', number: '200', id: leg.toUpperCase() })).toBe(ann);
  expect(panel.callOf({ direction: 'in', number: '100', id: 'b86ca3a4@10.0.0.1' })).toBe(bob);
  const headers = { 'X-Call': ann.toUpperCase(), 'User-Agent': 'any' };
  expect(panel.callOf({ direction: 'in', number: '200', headers })).toBe(ann);
});

it('knows that a dialog without an answer is not the call that talks', async () => {
  const { clock, panel } = await opened();
  panel.track(event('answer', ann));
  panel.track(event('dial-in', bob));
  await clock.forward(2_000);
  const dialog: Dialog = { direction: 'in', number: '+79161112233' };
  expect(panel.callOf({ ...dialog, answeredAt: null })).toBe(bob);
  expect(panel.callOf(dialog)).toBeNull();
});

it.each([
  [null, 'a dialog'],
  ['in', 'a dialog to be an object'],
  [{ number: '100' }, '`direction` to be'],
  [{ direction: 'both', number: '100' }, "`direction` to be 'in' or 'out'"],
  [{ direction: 'in', number: 100 }, '`number` to be a text or null'],
  [{ direction: 'in', number: '100', since: 'now' }, '`now` to be a number of milliseconds'],
  [{ direction: 'in', number: '100', headers: 'x' }, '`headers` to be an object of texts'],
])('refuses the dialog %j', async (dialog, expected) => {
  const { panel } = await opened();
  const find = (): unknown => panel.callOf(dialog as unknown as Dialog);
  if (dialog === null) expect(find).toThrow('`direction`');
  else expect(find).toThrow(expected);
  try {
    find();
  } catch (thrown) {
    expect(isValetError(thrown) && thrown.code).toBe('invalid-options');
  }
});
