import type { ValetPark } from 'valet-park';
import type { Extension } from 'valet-park/server';
import { openPark } from './open-park.ts';
import { ValetPanel } from './panel.ts';
import { play } from './play.ts';
import { RequestLog } from './request-log.ts';
import type { PageElement } from './page-element.ts';
import type { Page } from './page.ts';

/**
 * Opens the panel of an embedded switch, with a drawer to make test calls. Returns the client, or null
 * if the address names no extension of the switch.
 */
export async function openSwitch(
  page: Page,
  playground?: (park: ValetPark, extension: string) => PageElement,
): Promise<ValetPark | null> {
  const { token, extensions, slots } = await play();
  const own = ownExtensions(extensions);
  if (own === null) {
    const text = new URLSearchParams(location.search).get('extension') ?? '';
    page.showStatus('page.noExtension', { text });
    document.body.append(links(page, extensions));
    return null;
  }
  const log = new RequestLog();
  const ids = own.map(({ id }) => id);
  const park = await openPark({ token, ids, dialect: { slots }, fetch: log.fetch });
  const added = playground?.(park, ids[0] ?? '');
  page.show(
    new ValetPanel({ park, token, own, extensions, log, ...(added && { playground: added }) }),
  );
  return park;
}

/**
 * Returns the extensions that the address names, as numbers or ids with commas between them. Returns the
 * first extension of the switch if the address names none, and null if one of the names is unknown.
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

/** Returns a link to each extension. */
function links({ locale }: Page, extensions: readonly Extension[]): HTMLElement {
  const list = document.createElement('nav');
  for (const { number, name } of extensions) {
    const link = document.createElement('a');
    link.href = `?extension=${number}`;
    link.textContent = locale.text('page.extension', { name, number });
    list.append(link, ' ');
  }
  return list;
}
