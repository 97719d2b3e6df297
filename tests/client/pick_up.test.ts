// Picking up: by a server that announces it, or by the application. The test in the server project
// covers the telephone itself.

import { type SlotView, type ValetParkOptions } from 'valet-park';
import { writeAnswer, writeNoAnswer } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { ann, bob, extension, rejection, settled, talking, uuidOf, type World } from './host.ts';
import { base, lostAfter, lostBefore, says, silent, well, type Fault } from './switch.ts';

interface Desk extends World {
  /** The bodies of the pick-ups that arrived. */
  readonly pickUps: unknown[];
  /** The replies to the pick-ups, in order. */
  readonly replies: Fault[];
}

const connected = (call: string): Fault => {
  const { status, body } = writeAnswer({ kind: 'bridged', slot: 5, uuid: uuidOf(call) });
  return says(status, body);
};
const refused = (code: 'vacant' | 'different-call'): Fault => {
  const fields = { slot: 5, message: code, retryAfterMs: null };
  const { status, body } = writeAnswer({ kind: 'refused', code, ...fields });
  return says(status, body);
};
const notAnswered: Fault = says(writeNoAnswer(5).status, writeNoAnswer(5).body);

/** A panel whose switch announces `announces`. Bob waits in slot 5. */
async function desk(
  announces: string | null = 'pick-up',
  options: Partial<ValetParkOptions> = {},
): Promise<Desk> {
  const pickUps: unknown[] = [];
  const replies: Fault[] = [];
  let fetchOther: typeof fetch = fetch;
  const world = await talking({
    ...options,
    fetch: async (input, init) => {
      if (!String(input).endsWith('/pick_up')) return fetchOther(input, init);
      expect([init?.method, String(input)]).toEqual([
        'POST',
        `${base}/extension/${extension}/valet_park/pick_up`,
      ]);
      pickUps.push(JSON.parse(String(init?.body)));
      const fault = replies.shift() ?? connected(bob);
      const reply = await fault(() => new Response('{}'), init?.signal);
      if (announces !== null) reply.headers.set('X-Valet-Park', announces);
      return reply;
    },
  });
  fetchOther = world.pbx.fetch;
  world.pbx.announces = announces;
  world.pbx.park(bob, 5);
  return { ...world, pickUps, replies };
}

describe('by the server', () => {
  it('names the call that the snapshot shows', async () => {
    const { panel, pickUps } = await desk();
    await panel.inspect(5);
    expect(await panel.pickUp(5)).toEqual({ slot: 5, uuid: uuidOf(bob) });
    expect(pickUps).toEqual([{ slot: '5', expect: uuidOf(bob) }]);
    await panel.pickUp(5, { expect: bob });
    expect(pickUps[1]).toEqual({ slot: '5', expect: bob });
  });

  it('asks an unknown server what it can do', async () => {
    const { panel, pbx, pickUps } = await desk();
    await panel.pickUp(5);
    expect(pickUps).toEqual([{ slot: '5' }]);
    expect(pbx.taken()).toEqual(['slots 5']);
    await panel.pickUp(5);
    expect(pbx.taken()).toEqual([]);
  });

  it.each([
    ['is not answered', notAnswered, 'no-answer', 'not-done'],
    ['has no caller', refused('vacant'), 'vacant', 'not-done'],
    ['has another caller', refused('different-call'), 'different-call', 'not-done'],
    ['is lost', lostAfter, 'unreachable', 'unknown'],
    ['never arrives', lostBefore, 'unreachable', 'unknown'],
    ['gets nonsense', says(200, '<html>'), 'unclear', 'unknown'],
    ['finds a broken server', says(503), 'server-error', 'unknown'],
  ] as const)('rejects when the pick-up %s', async (_, reply, code, outcome) => {
    const { panel, replies } = await desk();
    replies.push(reply);
    const error = await rejection(panel.pickUp(5));
    expect(error).toMatchObject({ code, outcome, slot: 5 });
  });

  it('waits longer than for another request', async () => {
    const { panel, replies, clock } = await desk();
    replies.push(silent);
    const error = rejection(panel.pickUp(5));
    await settled();
    await clock.forward(60_000);
    await clock.forward(10_000);
    expect(await error).toMatchObject({ code: 'timed-out', outcome: 'unknown' });
  });

  it('is sent once when pressed twice, and cancelled by the last one', async () => {
    const { panel, replies, pickUps } = await desk();
    let isAborted = false;
    replies.push((carryOut, signal) => {
      signal?.addEventListener('abort', () => (isAborted = true));
      return silent(carryOut, signal);
    });
    const [first, second] = [new AbortController(), new AbortController()];
    const errors = [first, second].map(({ signal }) => rejection(panel.pickUp(5, { signal })));
    await settled();
    first.abort();
    expect(await errors[0]).toMatchObject({ code: 'aborted' });
    expect(isAborted).toBe(false);
    second.abort();
    expect(await errors[1]).toMatchObject({ code: 'aborted' });
    expect([isAborted, pickUps.length]).toEqual([true, 1]);
    await panel.pickUp(5);
    expect(pickUps).toHaveLength(2);
  });

  it('is cancelled by `dispose`', async () => {
    const { panel, replies } = await desk();
    replies.push(silent);
    const error = rejection(panel.pickUp(5));
    await settled();
    panel.dispose();
    expect(await error).toMatchObject({ code: 'disposed', outcome: 'unknown' });
    expect(await rejection(panel.pickUp(5))).toMatchObject({ code: 'disposed' });
  });

  it('refuses what cannot be asked', async () => {
    const { panel, pickUps } = await desk();
    expect(await rejection(panel.pickUp(10))).toMatchObject({ code: 'invalid-slot' });
    expect(await rejection(panel.pickUp(5, { expect: 'a/b' }))).toMatchObject({
      code: 'invalid-call',
    });
    const signal = AbortSignal.abort();
    expect(await rejection(panel.pickUp(5, { signal }))).toMatchObject({ code: 'aborted' });
    expect(pickUps).toEqual([]);
  });
});

describe('by the application', () => {
  it('gets the slot that was looked at just before', async () => {
    const views: SlotView[] = [];
    const { panel } = await desk(null, { pickUp: async (view) => void views.push(view) });
    expect(await panel.pickUp(5)).toEqual({ slot: 5, uuid: uuidOf(bob) });
    expect(views).toMatchObject([{ slot: 5, state: 'held', uuid: uuidOf(bob) }]);
  });

  it('is not called if the server can do it', async () => {
    const never = async (): Promise<void> => expect.unreachable();
    const { panel, pickUps } = await desk('pick-up', { pickUp: never });
    await panel.pickUp(5);
    expect(pickUps).toHaveLength(1);
  });

  it('is not called if the call has left', async () => {
    const never = async (): Promise<void> => expect.unreachable();
    const { panel, pbx } = await desk(null, { pickUp: never });
    expect(await rejection(panel.pickUp(6))).toMatchObject({ code: 'vacant' });
    const expected = { expect: ann };
    expect(await rejection(panel.pickUp(5, expected))).toMatchObject({ code: 'different-call' });
    pbx.faults.push(well);
  });

  it('rejects with what the application says', async () => {
    const { panel } = await desk(null, { pickUp: () => Promise.reject(new Error('busy')) });
    const error = await rejection(panel.pickUp(5));
    expect(error).toMatchObject({ code: 'no-answer', outcome: 'unknown', slot: 5 });
    expect(error.message).toContain('busy');
  });

  it('gets a signal that is aborted with the command', async () => {
    let heard: AbortSignal | undefined;
    const { panel } = await desk(null, {
      pickUp: (_, { signal }) => {
        heard = signal;
        return new Promise(() => {});
      },
    });
    const stop = new AbortController();
    const error = rejection(panel.pickUp(5, { signal: stop.signal }));
    await settled();
    expect(heard?.aborted).toBe(false);
    stop.abort();
    expect(await error).toMatchObject({ code: 'aborted' });
    expect(heard?.aborted).toBe(true);
  });
});

it('rejects where nothing can make a telephone ring', async () => {
  const { panel } = await desk(null);
  const error = await rejection(panel.pickUp(5));
  expect(error).toMatchObject({
    code: 'no-pick-up',
    kind: 'invalid',
    outcome: 'not-done',
    slot: 5,
  });
});
