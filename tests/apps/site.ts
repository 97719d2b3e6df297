// Builds the documentation site and opens it, as a visitor does.

import { onTestFinished, expect } from 'vitest';
import { siteFolder, buildSite } from '../../scripts/docs.mjs';
import { inTurn } from '../../scripts/turn.mjs';
import { serveSite } from '../browser/static-site.ts';
import { open } from './visit.ts';

/**
 * Checks that the site builds, that its pages ask only for its own files, and that no page writes to the
 * console. VitePress refuses to build a page with a dead link.
 */
export async function checkSite(): Promise<void> {
  await inTurn(() => buildSite('/some/path/'));
  const site = await serveSite(siteFolder, '/some/path/');
  onTestFinished(() => site.close());
  const context = await open();
  const [said, foreign]: [string[], string[]] = [[], []];
  context.on('console', (message) => said.push(message.text()));
  context.on('weberror', ({ error }) => said.push(String(error())));
  context.on('request', (request) => {
    if (!request.url().startsWith(site.url)) foreign.push(request.url());
  });
  const page = await context.newPage();

  // The root leads to this version. The demo on its home page works.
  await page.goto(site.url);
  await page.waitForURL(/\/some\/path\/\d+\.\d+\.\d+\/$/);
  const demo = page.frameLocator('iframe');
  const start = demo.getByRole('button', { name: /^Try it: ring this panel$/ });
  await start.click();
  await demo.locator('valet-calls').getByText('Ringing').waitFor();

  // The search finds a page of the guides.
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox').fill('asker-parked');
  await page.getByRole('option').first().click();
  await page.waitForURL(/\/docs\/[\w/-]+\.html/);

  // A page that is not translated says so, and a translated one is in Russian.
  const home = new URL('ru/', await page.evaluate(() => new URL('../', location.href).href)).href;
  await page.goto(home);
  await page.frameLocator('iframe').getByRole('heading', { name: 'Ваши вызовы' }).waitFor();
  await page.getByRole('link', { name: 'Для администраторов' }).click();
  await page.getByRole('heading', { name: 'Что нужно ретранслятору' }).waitFor();
  await page.getByRole('link', { name: 'Сравнение' }).click();
  await page.getByText('Эта страница ещё не переведена.').waitFor();

  await context.close();
  expect([...said, ...foreign, ...site.missing]).toEqual([]);
}
