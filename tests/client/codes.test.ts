// Goal: every error code of the documented list really occurs.
// Method: each test causes one code. The compiler makes sure that the table has all of them.

import { buildRequest, type ErrorCode, isValetError, parseCallApiId, ValetError } from 'valet-park';
import { Lot } from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { trapNext } from '../wasm/instance.ts';
import { claimsParked, confirming, parksTheAsker, THREE_CHECKS } from './claims.ts';
import { ann, bob, event, opened, rejection, talking, type World } from './host.ts';
import { lostBefore, says, silent, well, type Fault } from './switch.ts';

type Produced = Pick<ValetError, 'kind' | 'outcome'>;

/** Parks while the switch answers with faults. */
const parking =
  (...faults: Fault[]) =>
  ({ panel, pbx }: World): Promise<unknown> => {
    pbx.faults.push(...faults);
    return panel.park(ann);
  };

/** Waits until the checks after a command are over. */
async function overtaken({ clock }: World, command: Promise<unknown>): Promise<unknown> {
  command.catch(() => {});
  await clock.forward(THREE_CHECKS);
  return command;
}

const refused = { kind: 'refusal', outcome: 'not-done' } as const;
const invalid = { kind: 'invalid', outcome: 'not-done' } as const;

const table: Record<ErrorCode, Produced & { by: (world: World) => unknown }> = {
  taken: { ...refused, by: ({ panel, pbx }) => (pbx.park(bob, 5), panel.park(ann, { slot: 5 })) },
  'lot-full': { ...refused, by: parking(says(409, '{"status":"lot-full"}')) },
  'already-parked': {
    ...refused,
    by: ({ panel, pbx }) => (pbx.park(ann, 7), panel.park(ann, { slot: 5 })),
  },
  vacant: { ...refused, by: ({ panel }) => panel.bridge(ann, { slot: 5 }) },
  'nobody-waiting': { ...refused, by: ({ panel }) => panel.bridge(ann) },
  'different-call': {
    ...refused,
    by: ({ panel, pbx }) => (pbx.park(bob, 5), panel.bridge(ann, { slot: 5, expect: '1-x' })),
  },
  'same-call': {
    ...refused,
    by: ({ panel, pbx }) => (pbx.park(ann, 5), panel.bridge(ann, { slot: 5 })),
  },
  'no-such-slot': { ...refused, by: parking(says(400, '{"status":"no-such-slot"}')) },
  'slot-required': { ...refused, by: parking(says(400, '{"status":"slot-required"}')) },
  'no-such-call': { ...refused, by: parking(says(404, '{"message":"Not found"}')) },
  'no-such-extension': { ...refused, by: parking(says(404, '{"status":"no-such-extension"}')) },
  unauthorized: { ...refused, by: parking(says(401), says(401)) },
  forbidden: { ...refused, by: parking(says(403)) },
  'rate-limited': { ...refused, by: parking(says(429)) },
  'bad-request': { ...refused, by: parking(says(400)) },
  'invalid-slot': { ...invalid, by: ({ panel }) => panel.inspect(10) },
  'invalid-call': { ...invalid, by: () => parseCallApiId('a/b') },
  'invalid-extension': { ...invalid, by: () => opened({ extension: 'sales' }) },
  'invalid-action': {
    ...invalid,
    by: () => buildRequest({ extension: '1', call: '1-a', action: 'hold' as 'park' }),
  },
  'invalid-options': { ...invalid, by: () => new Lot({ slots: 0 }) },
  'invalid-event': { ...invalid, by: ({ panel }) => panel.track('') },
  // A browser gives this code before `init`, see tests/package. Here the module is not WebAssembly.
  'not-loaded': {
    ...invalid,
    by: async () => (await import('valet-park')).initSync({ module: Uint8Array.of(1, 2, 3) }),
  },
  disposed: { ...invalid, by: ({ panel }) => (panel.dispose(), panel.refresh()) },
  aborted: { ...invalid, by: ({ panel }) => panel.park(ann, { signal: AbortSignal.abort() }) },
  unreachable: {
    ...{ kind: 'failure', outcome: 'not-done' },
    by: ({ panel, pbx }) => (pbx.faults.push(lostBefore), panel.inspect(5)),
  },
  'timed-out': {
    ...{ kind: 'failure', outcome: 'unknown' },
    by: async ({ panel, pbx, clock }) => {
      pbx.faults.push(silent);
      const bridging = panel.bridge(ann, { choose: 'switch' });
      bridging.catch(() => {});
      await clock.forward(10_000);
      return bridging;
    },
  },
  'server-error': {
    ...{ kind: 'failure', outcome: 'not-done' },
    by: ({ panel, pbx }) => (pbx.faults.push(says(503)), panel.bridge(ann, { slot: 5 })),
  },
  unclear: {
    ...{ kind: 'unclear', outcome: 'unknown' },
    by: ({ panel, pbx }) => {
      pbx.faults.push(says(200, '<html>'), well);
      return panel.bridge(ann, { choose: 'switch' });
    },
  },
  'asker-parked': {
    ...refused,
    by: async () => {
      const world = await confirming();
      world.pbx.park(bob, 5);
      world.pbx.faults.push(well, parksTheAsker(world));
      return overtaken(world, world.panel.bridge(ann, { slot: 5 }));
    },
  },
  'not-there': {
    ...{ kind: 'unclear', outcome: 'unknown' },
    by: async () => {
      const world = await confirming();
      world.pbx.faults.push(well, claimsParked());
      return overtaken(world, world.panel.park(ann, { slot: 5 }));
    },
  },
  'no-notes': {
    ...invalid,
    by: ({ panel }) => panel.park(bob, { slot: 5 }).then(() => panel.annotate(5, { note: 'vip' })),
  },
  'no-pick-up': { ...invalid, by: ({ panel }) => panel.pickUp(5) },
  'no-answer': {
    ...refused,
    by: ({ panel, pbx }) => {
      pbx.announces = 'pick-up';
      return panel.inspect(5).then(() => {
        pbx.faults.push(says(409, '{"status":"no-answer"}'));
        return panel.pickUp(5);
      });
    },
  },
  'no-live-call': { ...invalid, by: async () => (await opened()).panel.refresh() },
  lost: {
    ...{ kind: 'bug', outcome: 'unknown' },
    by: ({ panel }) => {
      trapNext('core');
      panel.whereIs(ann);
    },
  },
};

describe('every code', () => {
  for (const [code, { by, ...produced }] of Object.entries(table)) {
    it(`is produced: ${code}`, async () => {
      const world = await talking();
      const error = await rejection((async () => by(world))());
      expect(error).toMatchObject({ code, ...produced });
      expect(error).toBeInstanceOf(ValetError);
      expect(error).toBeInstanceOf(Error);
      expect(isValetError(error)).toBe(true);
      expect(error.name).toBe('ValetError');
      expect(error.message).toMatch(/^\S[^\n]*[^.\n]$/);
      for (const field of ['slot', 'status', 'retryAfterMs'] as const) {
        expect(error[field] === null || typeof error[field] === 'number', field).toBe(true);
      }
    });
  }

  it('is recognised when another copy of the package created the error', () => {
    const foreign = Object.assign(new Error('from another copy'), {
      [Symbol.for('valet-park.error')]: true,
    });
    expect(isValetError(foreign)).toBe(true);
    expect(isValetError(event('answer', ann))).toBe(false);
  });
});
