// Goal: a reload of the page does not lose the calls that this tab parked.
// Method: a second client opens with the storage that the first one has filled.

import { expect, it, vi, onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { ann, bob, dan, event, openPanel, settled, uuidOf } from './host.ts';
import { FakeSwitch } from './switch.ts';

/** A `sessionStorage`, on a host that looks like a browser. */
function storage(refuses = false): Map<string, string> {
  const texts = new Map<string, string>();
  const refuse = (): void => {
    if (refuses) throw new Error('the storage is refused');
  };
  const add = (): void => {};
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: add });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => (refuse(), texts.get(name) ?? null),
    setItem: (name: string, text: string) => (refuse(), void texts.set(name, text)),
    removeItem: (name: string) => (refuse(), void texts.delete(name)),
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return texts;
}

/** Parks Ann in slot 6. Returns what a second client needs. */
async function parked(options = {}) {
  const clock = new FakeClock();
  const pbx = new FakeSwitch(clock);
  const panel = await openPanel(clock, pbx, { tabs: 'solo', ...options });
  panel.track(event('answer', ann, { CallerIDName: 'Anna' }));
  const { slot } = await panel.park(ann, { slot: 6 });
  expect(slot).toBe(6);
  await settled();
  const reload = () => openPanel(clock, pbx, { tabs: 'solo', ...options });
  return { clock, pbx, panel, reload };
}

it('shows an own park after a reload, unconfirmed until a look', async () => {
  const texts = storage();
  const { clock, panel, reload } = await parked();
  const before = panel.getSnapshot().slots[5];
  expect(texts.size).toBe(1);
  await clock.forward(2_000);
  const again = await reload();
  const slot = again.getSnapshot().slots[5];
  expect(slot).toMatchObject({ state: 'held', mine: true, exact: true, confirmed: false });
  expect(slot).toMatchObject({ call: ann, uuid: uuidOf(ann), caller: { name: 'Anna' } });
  expect(slot?.heldSince).toBe(before?.heldSince);
  expect(again.remaining(6)).toBe(178_000);
  again.track(event('answer', dan));
  expect(await again.inspect(6)).toMatchObject({ state: 'held', mine: true, confirmed: true });
});

it('forgets a call that has left its slot, and everything on `dispose`', async () => {
  const texts = storage();
  const { panel, pbx, clock } = await parked();
  panel.track(event('answer', bob));
  pbx.lot.hangup(clock.now(), ann);
  await panel.inspect(6, { call: bob });
  await settled();
  expect(texts.size).toBe(0);
  await panel.park(bob, { slot: 5 });
  await settled();
  expect(texts.size).toBe(1);
  panel.dispose();
  expect(texts.size).toBe(0);
});

it('keeps nothing without the option, and needs no storage', async () => {
  const texts = storage();
  await parked({ remember: 'none' });
  expect(texts.size).toBe(0);
  storage(true);
  const { reload } = await parked();
  expect((await reload()).getSnapshot().slots[5]).toMatchObject({ state: 'unknown' });
});

it.each([
  ['no JSON', () => '{'],
  ['a text of the future', (text: string) => text.replace(/"at":\d+/, '"at":9e15')],
  ['another form', () => '{"at":1,"kept":7}'],
  [
    'wrong messages',
    () => '{"at":1,"kept":[null,{"kind":"lot","data":"x"},{"kind":"y","data":""}]}',
  ],
])('starts without %s', async (_, change) => {
  const texts = storage();
  const { reload } = await parked();
  for (const [name, text] of texts) texts.set(name, change(text));
  expect((await reload()).getSnapshot().slots[5]).toMatchObject({ state: 'unknown' });
});

it('does not recall a call whose time is long over', async () => {
  storage();
  const { clock, reload } = await parked();
  await clock.forward(250_000);
  expect((await reload()).getSnapshot().slots[5]).toMatchObject({ state: 'unknown' });
});
