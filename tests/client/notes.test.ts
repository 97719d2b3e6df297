// Notes of parked calls: sent after a park or by `annotate`, shown in the snapshot, and only as text.

import type { ValetPark } from 'valet-park';
import { writeMessage } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { following } from './fake_feed.ts';
import { ann, bob, event, extension, rejection, talking, uuidOf, type World } from './host.ts';
import { lostBefore, says, silent, well } from './switch.ts';

const path = (call: string, by = extension): string => `/extension/${by}/valet_park/${call}/note`;

/** A panel whose switch announces notes, with a call of ours in slot 5. */
async function parked(): Promise<World> {
  const world = await talking();
  world.pbx.announces = 'notes';
  await world.panel.park(ann, { slot: 5 });
  return world;
}

const noted = (panel: ValetPark, slot = 5): (string | null)[] => {
  const { note, forWhom } = panel.getSnapshot().slots[slot - 1] ?? {};
  return [note ?? null, forWhom ?? null];
};

describe('a park with a note', () => {
  it('sends the note after the call is parked, and shows it', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'notes';
    const result = await panel.park(ann, { slot: 5, note: 'calls back at 5', for: 'Eve' });
    expect(result).toEqual({
      slot: 5,
      uuid: uuidOf(ann),
      returnsAt: expect.anything(),
      confirmed: false,
    });
    expect(pbx.notes).toEqual([[path(ann), { slot: '5', note: 'calls back at 5', for: 'Eve' }]]);
    expect(noted(panel)).toEqual(['calls back at 5', 'Eve']);
  });

  it('names the slot that the switch has chosen', async () => {
    const { panel, pbx } = await talking();
    pbx.announces = 'notes';
    const { slot } = await panel.park(ann, { for: 'Eve' });
    expect(pbx.notes).toEqual([[path(ann), { slot: String(slot), note: null, for: 'Eve' }]]);
    expect(noted(panel, slot)).toEqual([null, 'Eve']);
  });

  it.each([
    ['the server announces no notes', null, well, 'no-notes'],
    ['the server refuses the note', 'notes', says(403), 'forbidden'],
    ['the server fails', 'notes', says(503), 'server-error'],
    ['the answer makes no sense', 'notes', says(302), 'unclear'],
    ['the network fails', 'notes', lostBefore, 'unreachable'],
  ] as const)('parks the call although %s', async (_, announces, fault, code) => {
    const { panel, pbx } = await talking();
    pbx.announces = announces;
    pbx.faults.push(well, well, fault);
    const { slot, noteError } = await panel.park(ann, { slot: 5, note: 'vip' });
    expect([slot, noteError?.code]).toEqual([5, code]);
    expect(pbx.waiting()).toEqual({ 5: ann });
    expect(noted(panel)).toEqual([null, null]);
  });

  it.each([
    { note: 'я'.repeat(201) },
    { for: 'x'.repeat(201) },
    { note: 5 as unknown as string },
    { for: {} as unknown as string },
  ])('is refused before anything is sent if a text is wrong', async (texts) => {
    const { panel, pbx } = await talking();
    pbx.announces = 'notes';
    const { code, message } = await rejection(panel.park(ann, { slot: 5, ...texts }));
    expect(code).toBe('invalid-options');
    expect(message).toMatch(
      /^expected `(note|for)` to be a text of at most 200 characters, found /,
    );
    expect(pbx.arrived).toEqual([]);
  });
});

describe('annotate', () => {
  it('changes what is given, and keeps the rest', async () => {
    const { panel, pbx } = await parked();
    await panel.annotate(5, { note: 'vip', for: 'Eve' });
    await panel.annotate(5, { note: 'x'.repeat(200) });
    expect(noted(panel)).toEqual(['x'.repeat(200), 'Eve']);
    await panel.annotate(5, { note: null });
    await panel.annotate(5, { for: ' ' });
    expect(noted(panel)).toEqual([null, null]);
    expect(pbx.notes.map(([, body]) => body)).toEqual([
      { slot: '5', note: 'vip', for: 'Eve' },
      { slot: '5', note: 'x'.repeat(200), for: 'Eve' },
      { slot: '5', note: null, for: 'Eve' },
      { slot: '5', note: null, for: null },
    ]);
  });

  it('names the call of another extension', async () => {
    const { panel, pbx } = await parked();
    pbx.park(bob, 6);
    await panel.inspect(6);
    await panel.annotate(6, { note: 'vip' });
    expect(pbx.notes).toEqual([[path(uuidOf(bob)), { slot: '6', note: 'vip', for: null }]]);
  });

  it('speaks for the extension that parked the call', async () => {
    const { panel, pbx } = await talking({ extension: [extension, '200'] });
    panel.track(event('answer', bob, { CalledExtensionID: '200' }));
    pbx.announces = 'notes';
    await panel.park(bob, { slot: 6, note: 'vip' });
    expect(pbx.notes.map(([path]) => path)).toEqual([path(bob, '200')]);
  });

  it('rejects if no call is known to wait in the slot, and sends nothing', async () => {
    const { panel, pbx } = await parked();
    await panel.refresh();
    pbx.taken();
    const error = await rejection(panel.annotate(6, { note: 'vip' }));
    expect(error).toMatchObject({ code: 'vacant', slot: 6, outcome: 'not-done' });
    expect(await rejection(panel.annotate(10, { note: 'vip' }))).toMatchObject({
      code: 'invalid-slot',
    });
    const long = await rejection(panel.annotate(5, { for: 'x'.repeat(201) }));
    expect(long.code).toBe('invalid-options');
    expect(pbx.taken()).toEqual([]);
  });

  it('rejects if the server takes no notes', async () => {
    const { panel, pbx } = await talking();
    await panel.park(ann, { slot: 5 });
    pbx.taken();
    const error = await rejection(panel.annotate(5, { note: 'vip' }));
    expect(error).toMatchObject({
      code: 'no-notes',
      kind: 'invalid',
      outcome: 'not-done',
      slot: 5,
    });
    expect(pbx.arrived).toEqual([]);
  });

  it.each([
    [says(400, '{"message":"too long","status":"bad-request"}'), 'bad-request', 'not-done'],
    [says(404, '{"message":"Not found","status":"no-such-call"}'), 'no-such-call', 'not-done'],
    [says(404), 'unclear', 'unknown'],
    [says(429, '', { 'retry-after': '7' }), 'rate-limited', 'not-done'],
    [says(500), 'server-error', 'unknown'],
  ] as const)('rejects as the server refuses: %#', async (fault, code, outcome) => {
    const { panel, pbx } = await parked();
    pbx.faults.push(fault);
    const error = await rejection(panel.annotate(5, { note: 'vip' }));
    expect(error).toMatchObject({ code, outcome, slot: 5 });
    expect(noted(panel)).toEqual([null, null]);
  });

  it('rejects when no answer comes, and when the panel is disposed', async () => {
    const { panel, pbx, clock } = await parked();
    pbx.faults.push(silent, silent);
    const slow = rejection(panel.annotate(5, { note: 'vip' }));
    await clock.forward(10_000);
    expect(await slow).toMatchObject({ code: 'timed-out', outcome: 'unknown' });
    const late = rejection(panel.annotate(5, { note: 'vip' }));
    await clock.forward(1);
    panel.dispose();
    expect(await late).toMatchObject({ code: 'disposed', outcome: 'unknown' });
  });
});

describe('a note in the feed', () => {
  const message = (id: number, note: string | null, forWhom: string | null = null): string => {
    const { kind, data } = writeMessage({
      kind: 'note',
      call: bob,
      slot: 6,
      note,
      forWhom,
      by: '200',
    });
    return `id: ${id}\nevent: ${kind}\ndata: ${data}\n\n`;
  };
  const lot = (id: number, move: 'parked' | 'bridged'): string => {
    const { kind, data } = writeMessage({
      kind: 'lot',
      move,
      call: bob,
      slot: 6,
      extension: '200',
    });
    return `id: ${id}\nevent: ${kind}\ndata: ${data}\n\n`;
  };

  it('is shown until the call leaves, and then in the departure', async () => {
    const { panel, stream, troubles } = await following();
    await stream.write(lot(10, 'parked') + message(11, 'vip', 'Eve'));
    expect(noted(panel, 6)).toEqual(['vip', 'Eve']);
    await stream.write(message(12, null, 'Eve'));
    expect(noted(panel, 6)).toEqual([null, 'Eve']);
    await stream.write(lot(13, 'bridged'));
    expect(noted(panel, 6)).toEqual([null, null]);
    expect(panel.getSnapshot().departures).toMatchObject([{ note: null, forWhom: 'Eve' }]);
    expect(troubles).toEqual([]);
  });

  it('is only text, and is cut after 200 characters', async () => {
    const { panel, stream, troubles } = await following();
    const hostile = '<img src=x onerror="alert(1)">\u0000\u202e\n{{constructor}}';
    await stream.write(lot(10, 'parked') + message(11, hostile, '😀'.repeat(300)));
    expect(noted(panel, 6)).toEqual([hostile, '😀'.repeat(200)]);
    expect(troubles).toEqual([]);
  });

  it('does not overrule a later one when an own note is answered late', async () => {
    const { panel, stream, pbx } = await following({}, 'lot, notes');
    await stream.write(lot(10, 'parked'));
    pbx.faults.push(says(200, '{}', { 'X-Feed-Id': '11' }));
    await stream.write(message(12, 'later'));
    await panel.annotate(6, { note: 'earlier' });
    expect(noted(panel, 6)).toEqual(['later', null]);
  });

  it('with a wrong field is reported, and the feed goes on', async () => {
    const { panel, stream, troubles } = await following();
    await stream.write(
      `${lot(10, 'parked')}id: 11\nevent: note\ndata: call=${bob}&slot=0&note=x\n\n`,
    );
    expect(troubles.map(({ code }) => code)).toEqual(['invalid-slot']);
    await stream.write(message(12, 'vip'));
    expect(noted(panel, 6)).toEqual(['vip', null]);
  });
});
