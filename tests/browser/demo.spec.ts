// A static server serves the demo from a subfolder. The tests open it in Chromium.

import type { Locator, Page } from '@playwright/test';
import { buildDemo, demoFolder } from '../../scripts/demo.mjs';
import { inTurn } from '../../scripts/turn.mjs';
import { violationsIn } from './axe.ts';
import { expect, Panel, test as base } from './fixture.ts';
import { serveSite, type StaticSite } from './static-site.ts';

const test = base.extend<{ site: StaticSite; demo: Demo }>({
  /** The built demo. Fails the test if a page asks for anything else. */
  site: async ({ context }, use) => {
    const site = await serveSite(demoFolder, '/some/path/');
    const foreign: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(site.url)) foreign.push(request.url());
    });
    await use(site);
    await context.close();
    await site.close();
    expect([...foreign, ...site.missing]).toEqual([]);
  },
  demo: async ({ page, site }, use) => use(await new Demo(page).show(site)),
});

test.use({ baseURL: undefined, viewport: { width: 1440, height: 900 } });
test.beforeAll(() => inTurn(buildDemo));

/** A page with the demo. */
class Demo extends Panel {
  async show({ url }: StaticSite, query = ''): Promise<this> {
    if (query.includes('lang=ru')) this.setLanguage('ru');
    await this.page.goto(url + query);
    await expect(this.board).toBeVisible();
    await expect(this.slot(9)).toHaveAccessibleName(/^(Slot 9, free|Слот 9, свободен)$/);
    return this;
  }

  get playground(): Locator {
    return this.page.locator('valet-playground');
  }

  /** Runs an example program, and returns the lines of its output. */
  async run(example: string): Promise<string[]> {
    await this.playground.getByRole('combobox').selectOption(example);
    await this.playground.getByRole('button').click();
    const output = this.playground.getByRole('status');
    await expect(output).toContainText(/Done$|Готово$|Error/);
    return (await output.innerText()).split('\n');
  }
}

test('ring, park, bridge: no request leaves the static folder', async ({ demo }) => {
  await demo.talk('Anna Petrova', '+7 495 123-45-67');
  await demo.button('Park here, slot 6').click();
  await expect(demo.slot(6)).toHaveAccessibleName(/^Slot 6, Anna Petrova, .*, parked by you/);

  await demo.talk('Jörg Weiß', '+49 30 23125 014');
  await demo.button(/^Send to .*Anna Petrova, slot 6$/).click();
  await expect(demo.slot(6)).toHaveAccessibleName('Slot 6, free');
  const departures = demo.page.locator('valet-departures').getByRole('listitem');
  await expect(departures).toContainText([/Slot 6: Reception sent Anna Petrova to Jörg Weiß/]);
});

test('each example of the playground runs', async ({ demo }) => {
  expect(await demo.run('Park a call')).toEqual(['slot 1 confirmed true', 'Done']);
  expect(await demo.run('Connect two callers')).toEqual(['confirmed true', 'Done']);
  const picked = await demo.run('Pick up with your own telephone');
  expect(picked).toEqual([expect.stringMatching(/^you talk to [-0-9a-f]{36}$/), 'Done']);
  expect(await demo.run('An answer is lost')).toEqual(['slot 9 confirmed true', 'Done']);
  const returned = await demo.run('A call returns');
  expect(returned).toEqual(['waits in slot 2', 'Lena Fischer rings again', 'Done']);
});

test('a changed program says what is wrong with it', async ({ demo }) => {
  const program = demo.playground.getByRole('textbox', { name: 'Program' });
  await program.fill("await park.park('nonsense');");
  await program.press('Control+Enter');
  const output = demo.playground.getByRole('status');
  await expect(output).toContainText('ValetError no-such-call: Not found');
});

test('two tabs are two telephones of one switch', async ({ demo, page, context, site }) => {
  const other = await new Demo(await context.newPage()).show(site, '?extension=200');
  await demo.talk('Anna Petrova', '+7 495 123-45-67');
  await demo.button('Park here, slot 6').click();
  await expect(other.slot(6)).toHaveAccessibleName(/^Slot 6, Anna Petrova, .*parked by Reception/);
  await page.close();
  await other.talk('Jörg Weiß', '+49 30 23125 014');
  await expect(other.call(/^Jörg Weiß.*Talking$/)).toBeVisible();
});

test('another extension is shown without a reload', async ({ demo }) => {
  await demo.run('Park a call');
  await demo.page.getByRole('link', { name: 'Sales (200)' }).click();
  await expect(demo.button('Ring 200')).toBeVisible();
  await expect(demo.slot(1)).toHaveAccessibleName(/^Slot 1, Anna Petrova, .*parked by Reception/);
  await demo.page.goBack();
  await expect(demo.button('Ring 341')).toBeVisible();
});

/** Takes shared workers away, as in a browser without them. */
async function withoutSharedWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
}

test('a browser without shared workers has a switch in each tab', async ({
  page,
  context,
  site,
}) => {
  await withoutSharedWorkers(page);
  const demo = await new Demo(page).show(site);
  const second = await context.newPage();
  await withoutSharedWorkers(second);
  const other = await new Demo(second).show(site);
  expect(await demo.run('Park a call')).toEqual(['slot 1 confirmed true', 'Done']);
  expect(await other.run('A call returns')).toEqual([
    'waits in slot 1',
    'Lena Fischer rings again',
    'Done',
  ]);
  await expect(demo.slot(1)).toHaveAccessibleName(/^Slot 1, Anna Petrova, /);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, in Russian and in ${scheme} colours`, async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: scheme });
    const demo = await new Demo(page).show(site, '?lang=ru');
    await demo.run('Припарковать вызов');
    expect(await violationsIn(page)).toEqual([]);
  });
}
