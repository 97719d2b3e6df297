import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono/tiny';
import { parseCallEvent } from 'valet-park';
import { readText } from '../http/body.ts';
import { RequestLimits } from '../access/limits.ts';
import { onlyBy } from '../http/refuse.ts';
import type { EventFields } from './roster.ts';

/** The result of one web hook, for a counter. */
export type HookOutcome = 'told' | 'old' | 'unreadable' | 'forbidden';

/** The parts of a relay that the route of the web hooks uses. */
export interface HookParts {
  /** The secrets in the URL. Two secrets are valid while the administrator replaces one. */
  readonly secrets: readonly string[];
  /** Returns the time in ms since 1970. */
  readonly now: () => number;
  /** Takes in a call event. Resolves when the log has it. `name` is the same for each repetition. */
  readonly tell: (fields: EventFields, name: string | undefined) => Promise<void>;
  readonly count?: (outcome: HookOutcome) => void;
}

/**
 * `GET` and `POST /hook/{secret}`: the call events of the switch.
 *
 * The fields are in the query, in a form, or in both. The answer is 200 when the log has the event. A
 * wrong secret gets the same answer as an unknown path. More than 60 wrong secrets a minute get 429. A
 * request with a right secret is never limited.
 */
export function hookRoute({ secrets, now, tell, count = () => {} }: HookParts): Hono {
  const digests = secrets.map(digestOf);
  const wrong = new RequestLimits(now, WRONG_PER_MINUTE);
  return new Hono()
    .on(['GET', 'POST'], '/:secret', async (c) => {
      const digest = digestOf(c.req.param('secret'));
      // Every secret is compared, so the time does not depend on the secret.
      if (digests.filter((known) => timingSafeEqual(known, digest)).length === 0) {
        count('forbidden');
        const waitS = wrong.spend('all');
        if (waitS === 0) return c.notFound();
        const headers = { 'Retry-After': String(waitS) };
        return c.json({ message: 'too many wrong secrets' }, 429, headers);
      }
      const { search } = new URL(c.req.url);
      const form = c.req.method === 'POST' ? await readText(c.req.raw) : '';
      const fields = fieldsOf([search.slice(1), form].filter(Boolean).join('&'));
      if (fields === null) {
        count('unreadable');
        return c.json({ message: 'EventType is missing' }, 400);
      }
      if (isOld(fields, now())) {
        count('old');
        return c.json({});
      }
      await tell(fields, nameOf(fields));
      count('told');
      return c.json({});
    })
    .all('/:secret', onlyBy('GET', 'POST'));
}

function fieldsOf(form: string): EventFields | null {
  try {
    return parseCallEvent(form).raw;
  } catch {
    return null;
  }
}

/** True for an event that is sent again much later. It says nothing about the present. */
function isOld({ EventTime: text = '' }: EventFields, now: number): boolean {
  return /^\d{14,17}$/.test(text) && Number(text) / 1_000 < now - OLD_MS;
}

/** A name that is the same for each repetition of an event. Undefined for an event without a time. */
function nameOf({ EventType, SubCallID, CallID, CallAPIID, EventTime }: EventFields) {
  const leg = SubCallID ?? CallID ?? CallAPIID;
  if (leg === undefined || EventTime === undefined) return undefined;
  return `hook ${digestOf(JSON.stringify([EventType, leg, EventTime])).toString('base64url')}`;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const OLD_MS = 600_000;
const WRONG_PER_MINUTE = 60;
