// Parking: the requests that the switch gets, and the result of the promise.

import { describe, expect, it } from 'vitest';
import { ann, bob, cem, event, opened, rejection, talking, uuidOf } from './host.ts';
import { base, doesAndSays, says } from './switch.ts';

describe('park', () => {
  it('sends one request, exactly as specified, if the switch chooses the slot', async () => {
    const { panel, pbx, clock } = await opened();
    const parked = await panel.park(ann);
    const returnsAt = clock.start + 180_000;
    expect(parked).toEqual({ slot: 1, uuid: uuidOf(ann), returnsAt, confirmed: false });
    expect(pbx.arrived).toHaveLength(1);
    const [{ method, url, headers, body }] = pbx.arrived as [(typeof pbx.arrived)[0]];
    expect({ method, url, body }).toEqual({
      method: 'PUT',
      url: `${base}/extension/34414/valet_park/${ann}`,
      body: '{"action":"park"}',
    });
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('accept')).toBe('application/json');
    expect(pbx.waiting()).toEqual({ 1: ann });
  });

  it('checks a named slot before it parks there', async () => {
    const { panel, pbx } = await opened();
    await expect(panel.park(ann, { slot: 5 })).resolves.toMatchObject({ slot: 5 });
    expect(pbx.arrived.map(({ body }) => body)).toEqual([
      '{"action":"slots","slot":"5"}',
      '{"action":"park","slot":"5"}',
    ]);
    expect(pbx.waiting()).toEqual({ 5: ann });
  });

  it('checks the slot even if it was just seen to be free', async () => {
    const { panel, pbx } = await talking();
    await panel.inspect(5);
    pbx.taken();
    await panel.park(ann, { slot: 5 });
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
  });

  it('writes the slot in the form of the dialect', async () => {
    const dialect = { slotFormat: 'integer', slots: 20 } as const;
    const { panel, pbx } = await opened({ dialect }, { slots: 20 });
    await panel.park(ann, { slot: 12 });
    expect(pbx.arrived[1]?.body).toBe('{"action":"park","slot":12}');
    expect(panel.getSnapshot().slots).toHaveLength(20);
  });

  it('encodes special characters in a URL', async () => {
    const { panel, pbx } = await opened({ extension: '@1844*101', baseUrl: `${base}/x` });
    await panel.park('a b€');
    expect(pbx.arrived[0]?.url).toBe(`${base}/x/extension/@1844*101/valet_park/a%20b%E2%82%AC`);
  });

  it('looks for the call if the answer does not name the slot', async () => {
    const { panel, pbx } = await talking();
    pbx.park(bob, 1);
    pbx.faults.push(doesAndSays(200, ''));
    await expect(panel.park(ann)).resolves.toMatchObject({ slot: 2, uuid: uuidOf(ann) });
    expect(pbx.taken()).toEqual(['park', 'slots', 'slots 1', 'slots 2']);
  });

  it('rejects with `not-there` if the call is in no slot', async () => {
    const { panel, pbx } = await talking();
    pbx.faults.push(says(200, ''));
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'not-there', kind: 'unclear', outcome: 'unknown' });
  });

  it('resolves without a command if the call already waits in the slot', async () => {
    const { panel, pbx, clock } = await opened();
    const first = await panel.park(ann, { slot: 3 });
    await clock.forward(20_000);
    pbx.taken();
    const second = await panel.park(ann, { slot: 3 });
    expect(second).toEqual({ ...first, confirmed: true });
    expect(pbx.taken()).toEqual(['slots 3']);
  });

  it('shows the parked call in the snapshot', async () => {
    const { panel, clock } = await opened();
    const parking = panel.park(ann, { slot: 2 });
    await clock.forward(0);
    await parking;
    expect(panel.getSnapshot().slots[1]).toEqual({
      ...{ slot: 2, state: 'held', pending: null, confirmed: true, checkedAt: clock.start },
      ...{ uuid: uuidOf(ann), call: ann, caller: null, parkedBy: '34414', mine: true },
      ...{ heldSince: clock.start, exact: true, returnsAt: clock.start + 180_000 },
      ...{ note: null, forWhom: null },
    });
  });
});

describe('park is refused', () => {
  it('before it is sent if another call waits in the slot', async () => {
    const { panel, pbx } = await opened();
    pbx.park(bob, 5);
    const error = await rejection(panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'taken', kind: 'refusal', outcome: 'not-done', slot: 5 });
    expect(error.retryable).toBe(false);
    expect(pbx.taken()).toEqual(['slots 5']);
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', uuid: uuidOf(bob) });
  });

  it('if another call takes the slot between the check and the park', async () => {
    const { panel, pbx } = await opened();
    pbx.faults.push(
      (carryOut) => carryOut(),
      (carryOut) => {
        pbx.park(bob, 5);
        return carryOut();
      },
    );
    const error = await rejection(panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'taken', kind: 'refusal', outcome: 'not-done' });
    expect(pbx.taken()).toEqual(['slots 5', 'park 5']);
    expect(pbx.waiting()).toEqual({ 5: bob });
  });

  it.each([200, 400, 403, 500])('with the documented message and status %i', async (status) => {
    const { panel, pbx } = await opened();
    const body = '{"message": "Slot already have parked member, slot is full"}';
    pbx.faults.push((carryOut) => carryOut(), says(status, body));
    const error = await rejection(panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'taken', kind: 'refusal', outcome: 'not-done', slot: 5 });
  });

  it('if no slot is free', async () => {
    const { panel, pbx } = await opened({}, { slots: 2 });
    pbx.park(bob, 1);
    pbx.park(cem, 2);
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'lot-full', kind: 'refusal', outcome: 'not-done' });
    expect(error.retryable).toBe(true);
  });

  it('if it waits in another slot, which the error names', async () => {
    const { panel, pbx } = await opened();
    pbx.park(ann, 7);
    const error = await rejection(panel.park(ann, { slot: 2 }));
    expect(error).toMatchObject({ code: 'already-parked', outcome: 'not-done', slot: 7 });
    expect(panel.getSnapshot().slots[6]).toMatchObject({ state: 'held', call: ann });
  });

  it.each([
    ['no-such-call', 404, '{"message":"Not found"}'],
    ['no-such-extension', 404, '{"status":"no-such-extension"}'],
    ['unauthorized', 401, ''],
    ['forbidden', 403, '{"message":"app_access_type_deny"}'],
    ['bad-request', 400, '{"message":"why not"}'],
    ['slot-required', 400, '{"status":"slot-required"}'],
    ['no-such-slot', 400, '{"status":"no_such_slot"}'],
  ])('as %s with status %i', async (code, status, body) => {
    const { panel, pbx } = await opened();
    pbx.faults.push(says(status, body), says(status, body));
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code, kind: 'refusal', outcome: 'not-done' });
    expect(pbx.waiting()).toEqual({});
  });

  it('while the budget is used up', async () => {
    const { panel, pbx, clock } = await opened();
    const headers = { 'X-RateLimit-Limit': '500', 'X-RateLimit-Remaining': '0' };
    const limited = says(429, '{"message":"rate_limit_exceeded"}', {
      ...headers,
      'X-RateLimit-Reset': '1200',
    });
    pbx.faults.push(limited);
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'rate-limited', kind: 'refusal', outcome: 'not-done' });
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 1_200_000 });
    expect(panel.getSnapshot().sync).toMatchObject({
      state: 'limited',
      budget: { limit: 500, remaining: 0, resetsAt: clock.start + 1_200_000 },
    });
  });

  it('before any request if the lot has no such slot', async () => {
    const { panel, pbx } = await opened({ dialect: { slots: 4 } });
    const error = await rejection(panel.park(ann, { slot: 5 }));
    expect(error).toMatchObject({ code: 'invalid-slot', kind: 'invalid', outcome: 'not-done' });
    expect(error.message).toBe('expected a slot from 1 to 4, found `5`');
    expect(pbx.arrived).toEqual([]);
  });

  it('before any request if the dialect requires a slot', async () => {
    const { panel, pbx } = await opened({ dialect: { slotRequired: true } });
    const error = await rejection(panel.park(ann));
    expect(error).toMatchObject({ code: 'invalid-slot', kind: 'invalid', outcome: 'not-done' });
    expect(error.message).toBe('expected a slot: this switch needs a slot for `park`');
    expect(pbx.arrived).toEqual([]);
  });
});

describe('a parked call', () => {
  it('stays in its slot when its leg at this extension hangs up', async () => {
    const { panel } = await talking();
    panel.track(event('answer', ann));
    await panel.park(ann, { slot: 5 });
    panel.track(event('hangup', ann));
    expect(panel.getSnapshot().slots[4]).toMatchObject({ state: 'held', call: ann });
    expect(panel.getSnapshot().departures).toEqual([]);
    expect(panel.whereIs(ann)).toEqual({ state: 'parked', slot: 5, confirmed: true });
  });
});
