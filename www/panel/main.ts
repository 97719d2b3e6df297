import { isValetError } from 'valet-park';
import { errorText } from '../element/error-text.ts';
import { definePanel } from './define-panel.ts';
import { registerServiceWorker } from './install.ts';
import { openRelay } from './open-relay.ts';
import { openSwitch } from './open-switch.ts';
import { Page } from './page.ts';
import { ValetPairing } from './pairing.ts';
import { serverKind } from './relay.ts';
import { untilAnswered } from './until-answered.ts';

/** Opens the panel for the server that has sent the page. */
async function openPanel(page: Page): Promise<void> {
  const kind = await untilAnswered(page, 'page.noSwitch', serverKind);
  if (kind === 'relay') await openRelay(page);
  else await openSwitch(page);
}

customElements.define('valet-pairing', ValetPairing);
definePanel();

void registerServiceWorker();
const page = await Page.open();
try {
  await openPanel(page);
} catch (error) {
  if (isValetError(error)) {
    const { key, params } = errorText(error, null).message;
    page.showStatus(key, params ?? {});
  } else {
    // A request of the page itself failed. The client did not send this request.
    const text = error instanceof Error ? error.message : String(error);
    page.showStatus('page.noSwitch', { text });
  }
}
