import type { ValetPark } from 'valet-park';
import { openPark } from './open-park.ts';
import type { Page } from './page.ts';
import { ValetPairing } from './pairing.ts';
import { ValetPanel } from './panel.ts';
import { ownToken, readAccess, type PanelAccess } from './relay.ts';
import { untilAnswered } from './until-answered.ts';

/**
 * Opens the panel of a relay. Without a valid token, the page shows a code until an administrator
 * enters the code. When the token is revoked, the page shows a code again. Never resolves.
 */
export async function openRelay(page: Page): Promise<never> {
  for (let isRevoked = false; ;) {
    const token = ownToken.read() ?? (await pair(page, isRevoked));
    const access = await untilAnswered(page, 'pair.failed', () => readAccess(token));
    if (access !== null) await showLot(page, token, access);
    ownToken.write(null);
    isRevoked = true;
  }
}

/** Shows codes until the panel is paired. Resolves to its token. */
async function pair(page: Page, isRevoked: boolean): Promise<string> {
  const pairing = Object.assign(new ValetPairing(), { isRevoked });
  document.title = page.locale.text('pair.title');
  page.show(pairing);
  const token = await pairing.pair();
  ownToken.write(token);
  return token;
}

/** Shows the lot. Resolves when the token is not valid any more. */
async function showLot(page: Page, token: string, access: PanelAccess): Promise<void> {
  const extensions = access.extensions.map(({ id, name }) => ({ id, name, number: id }));
  const ids = extensions.map(({ id }) => id);
  const park = await openPark({ token, ids, dialect: access.dialect });
  const lookOnly = !access.may.includes('act');
  const home = access.name;
  page.show(new ValetPanel({ park, token, own: extensions, extensions, home, lookOnly }));
  try {
    await untilRevoked(park, token);
  } finally {
    park.dispose();
  }
}

/** Resolves when the token is not valid any more, or another tab has removed it. */
function untilRevoked(park: ValetPark, token: string): Promise<void> {
  const ended = new AbortController();
  return new Promise<void>((resolve) => {
    ownToken.onRemoved(resolve, ended.signal);
    park.on('trouble', ({ code }) => {
      if (code !== 'unauthorized') return;
      // The error can also mean that the switch refuses the relay. In this case the token is valid.
      readAccess(token).then(
        (access) => access === null && resolve(),
        () => {}, // The relay did not answer. The next error of the client starts this check again.
      );
    });
  }).finally(() => ended.abort());
}
