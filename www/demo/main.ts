// The demo without a backend: the panel of the embedded switch, whose switch runs in a worker.

import type { ValetPark } from 'valet-park';
import { definePanel } from '../panel/define-panel.ts';
import { openSwitch } from '../panel/open-switch.ts';
import { Page } from '../panel/page.ts';
import { ValetPanel } from '../panel/panel.ts';
import { server } from '../panel/server.ts';
import { connect } from './connect.ts';
import { ValetPlayground } from './playground.ts';

/** The client of the panel that is shown. */
let shown: ValetPark | null = null;

/** Shows the panel of the extension that the address names. */
async function show(): Promise<void> {
  shown?.dispose();
  shown = await openSwitch(page, (park, extension) => new ValetPlayground(park, extension));
  const panel = document.querySelector('valet-panel');
  if (panel instanceof ValetPanel) panel.open = matchMedia('(width >= 75rem)').matches;
}

/** Changes the extension without a reload, which would end a switch that has no other tab. */
function onClick(event: MouseEvent): void {
  const [target] = event.composedPath();
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!(target instanceof HTMLAnchorElement) || !isPlain) return;
  const query = target.getAttribute('href') ?? '';
  if (!query.startsWith('?extension=')) return;
  event.preventDefault();
  const wanted = new URLSearchParams(location.search);
  wanted.set('extension', query.slice('?extension='.length));
  history.pushState(null, '', `?${wanted}`);
  tryToShow();
}

function tryToShow(): void {
  show().catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    page.showStatus('page.noSwitch', { text });
  });
}

customElements.define('valet-playground', ValetPlayground);
definePanel();

Object.assign(server, connect());
const page = await Page.open();
addEventListener('click', onClick);
addEventListener('popstate', tryToShow);
tryToShow();
