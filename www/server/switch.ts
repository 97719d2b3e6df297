import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Client } from './access/token.ts';
import { Tokens } from './access/tokens.ts';
import { composeSwitch, type Switch, type SwitchOptions } from './compose-switch.ts';
import { digest } from './digest.ts';
import { panelRoute } from './http/panel.ts';
import { startNotifier } from './notify/notifier.ts';

/**
 * Creates a switch for a server of your own. `startSwitch` creates one that listens.
 *
 * @throws RangeError, ValetError or SwitchError for invalid options. The message says what would be
 * right.
 */
export function createSwitch(options: SwitchOptions = {}): Switch {
  const {
    token,
    strict = false,
    notify,
    panel = fileURLToPath(new URL('./www/', import.meta.url)),
    ...rest
  } = options;
  return composeSwitch(rest, {
    tokens: (now) => new Tokens(now, token),
    digest,
    panel: panelRoute(panel, 'switch'),
    client: clientOf(strict),
    ...(notify === undefined ? {} : { notify: (lot) => startNotifier(notify, lot) }),
  });
}

/** Returns the client of the strict mode. Null: the switch is not strict. */
function clientOf(strict: boolean | Client): Client | null {
  if (typeof strict === 'object') return strict;
  return strict ? { id: 'valet-park', secret: randomBytes(18).toString('base64url') } : null;
}
