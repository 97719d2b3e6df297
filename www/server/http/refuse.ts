import type { ErrorHandler, Handler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { SwitchError, type SwitchErrorCode } from '../exchange/switch-error.ts';

/** Answers 405 to a method that a path does not have, and names the methods that it has. */
export function onlyBy(...methods: string[]): Handler {
  const allow = methods.join(', ');
  return (c) => c.json({ message: `this is asked by ${allow}` }, 405, { Allow: allow });
}

/**
 * Returns a handler that turns an error into an answer with `{"message": …}`. An unexpected error
 * becomes a 500, and only `report` gets it.
 */
export function refuseWith(report: (error: unknown) => void): ErrorHandler {
  return (error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status);
    if (error instanceof SwitchError) return c.json({ message: error.message }, STATUS[error.code]);
    report(error);
    return c.json({ message: 'the switch failed, its log says more' }, 500);
  };
}

/** As `refuseWith`. Unexpected errors are written to stderr. */
export const refuse = refuseWith((error) => console.error(error));

const STATUS = {
  invalid: 400,
  'no-such-extension': 404,
  'no-such-call': 404,
  'not-ringing': 409,
  busy: 503,
  closed: 503,
} as const satisfies Record<SwitchErrorCode, number>;
