import { isValetError, ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { define } from '../element/define.ts';
import type { Params } from '../element/messages.ts';
import { tongueFor } from '../element/tongue.ts';
import { trouble } from '../element/trouble.ts';
import { ValetDrawer } from './drawer.ts';
import { ValetPanel } from './panel.ts';
import { onPage, type PageKey } from './page-part.ts';
import { play } from './play.ts';
import { ValetTour } from './tour.ts';
import { ValetWireLog } from './wire-log.ts';
import { Wire } from './wire.ts';

/** The language of the page: what the address asks for, else what the browser does. */
const tongue = tongueFor(new URLSearchParams(location.search).get('lang'), ...navigator.languages);
document.documentElement.lang = tongue.language;
const page = onPage(tongue);

/** Who is at this desk: the extension of the address by number or id, or the first there is. */
function chosen(extensions: readonly Extension[]): Extension | null {
  const asked = new URLSearchParams(location.search).get('extension');
  if (asked === null) return extensions[0] ?? null;
  return extensions.find(({ id, number }) => asked === id || asked === number) ?? null;
}

function tell(key: PageKey, params: Params): void {
  const status = document.querySelector('#loading');
  if (status !== null) status.textContent = page.words(key, params);
}

/** A way to each extension, for an address that names none of them. */
function links(extensions: readonly Extension[]): HTMLElement {
  const list = document.createElement('nav');
  for (const { number, name } of extensions) {
    const link = document.createElement('a');
    link.href = `?extension=${number}`;
    link.textContent = page.words('page.extension', { name, number });
    list.append(link, ' ');
  }
  return list;
}

async function open(): Promise<void> {
  const { token, extensions, slots } = await play();
  const extension = chosen(extensions);
  if (extension === null) {
    const text = new URLSearchParams(location.search).get('extension') ?? '';
    tell('page.noExtension', { text });
    document.body.append(links(extensions));
    return;
  }
  const wire = new Wire();
  const park = await ValetPark.open({
    baseUrl: '/api/ver1.0',
    extension: extension.id,
    headers: () => ({ Authorization: `Bearer ${token}` }),
    feed: `/feed?extension=${extension.id}`,
    dialect: { slots },
    fetch: wire.fetch,
  });
  document
    .querySelector('#loading')
    ?.replaceWith(new ValetPanel({ park, wire, extension, extensions }));
}

define();
customElements.define('valet-tour', ValetTour);
customElements.define('valet-drawer', ValetDrawer);
customElements.define('valet-wire-log', ValetWireLog);
customElements.define('valet-panel', ValetPanel);
open().catch((error: unknown) => {
  // Our own errors have words of their own; anything else means that the switch did not answer.
  if (isValetError(error)) {
    const { key, params } = trouble(error, null).message;
    tell(key, params ?? {});
  } else {
    tell('page.noSwitch', { text: error instanceof Error ? error.message : String(error) });
  }
});
