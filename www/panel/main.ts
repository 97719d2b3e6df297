import { isValetError, ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { define } from '../element/define.ts';
import { errorText } from '../element/error-text.ts';
import { localeFor } from '../element/locale.ts';
import type { Params } from '../element/messages.ts';
import { ValetDrawer } from './drawer.ts';
import { ValetPanel } from './panel.ts';
import { pageLocaleOf, type PageKey } from './page-element.ts';
import { play } from './play.ts';
import { ValetTour } from './tour.ts';
import { RequestLog } from './request-log.ts';
import { ValetRequestLog } from './request-log-view.ts';

/** The language of the page: `lang` in the address, else the language of the browser. */
const locale = localeFor(new URLSearchParams(location.search).get('lang'), ...navigator.languages);
document.documentElement.lang = locale.language;
const page = pageLocaleOf(locale);

/**
 * Returns the extensions in the address, by number or id and separated by commas; without any, the
 * first extension of the switch. Returns null if there is no such extension.
 */
function ownExtensions(extensions: readonly Extension[]): readonly Extension[] | null {
  const asked = new URLSearchParams(location.search).get('extension');
  if (asked === null) return extensions.slice(0, 1);
  const found = asked
    .split(/[\s,]+/)
    .map((name) => extensions.find(({ id, number }) => name === id || name === number));
  const known = found.filter((each) => each !== undefined);
  return known.length === found.length ? known : null;
}

function showStatus(key: PageKey, params: Params): void {
  const status = document.querySelector('#loading');
  if (status !== null) status.textContent = page.text(key, params);
}

/** Returns a link to each extension. */
function links(extensions: readonly Extension[]): HTMLElement {
  const list = document.createElement('nav');
  for (const { number, name } of extensions) {
    const link = document.createElement('a');
    link.href = `?extension=${number}`;
    link.textContent = page.text('page.extension', { name, number });
    list.append(link, ' ');
  }
  return list;
}

async function open(): Promise<void> {
  const { token, extensions, slots } = await play();
  const own = ownExtensions(extensions);
  if (own === null) {
    const text = new URLSearchParams(location.search).get('extension') ?? '';
    showStatus('page.noExtension', { text });
    document.body.append(links(extensions));
    return;
  }
  const log = new RequestLog();
  const ids = own.map(({ id }) => id);
  const feed = new URLSearchParams(ids.map((id) => ['extension', id]));
  const park = await ValetPark.open({
    baseUrl: '/api/ver1.0',
    extension: ids,
    headers: () => ({ Authorization: `Bearer ${token}` }),
    feed: `/feed?${feed}`,
    dialect: { slots },
    fetch: log.fetch,
  });
  document.querySelector('#loading')?.replaceWith(new ValetPanel({ park, log, own, extensions }));
}

define();
customElements.define('valet-tour', ValetTour);
customElements.define('valet-drawer', ValetDrawer);
customElements.define('valet-request-log', ValetRequestLog);
customElements.define('valet-panel', ValetPanel);
open().catch((error: unknown) => {
  // An error of another kind means that the switch did not answer.
  if (isValetError(error)) {
    const { key, params } = errorText(error, null).message;
    showStatus(key, params ?? {});
  } else {
    showStatus('page.noSwitch', { text: error instanceof Error ? error.message : String(error) });
  }
});
