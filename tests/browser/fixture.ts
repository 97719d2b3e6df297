import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { startSwitch, type RunningSwitch } from 'valet-park/server';

/** What was asked of the resource: which call in the URL, which body. */
export interface Asked {
  readonly extension: string;
  readonly call: string;
  readonly body: string;
}

/** One page with the panel on it, and what it says on the wire. */
export class Panel {
  readonly page: Page;
  /** Every request to the resource since the page was opened, in order. */
  readonly asked: Asked[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => {
      const found = /\/extension\/([^/]+)\/valet_park\/([^/]+)$/.exec(request.url());
      if (found === null) return;
      const [, extension = '', call = ''] = found;
      this.asked.push({
        extension,
        call: decodeURIComponent(call),
        body: request.postData() ?? '',
      });
    });
  }

  /** Opens the panel of an extension, by its number, and waits until it hears of calls. */
  async open(extension: string): Promise<this> {
    await this.page.clock.install();
    const feed = this.page.waitForResponse((response) => response.url().includes('/feed?'));
    await this.page.goto(`/?extension=${extension}`);
    await feed;
    await expect(this.board).toBeVisible();
    return this;
  }

  /** From here on the tiles are found by their Russian names. */
  speaks(language: 'en' | 'ru'): void {
    this.#slot = language === 'ru' ? 'слот' : 'slot';
  }
  #slot = 'slot';

  get board(): Locator {
    return this.page.getByRole('grid', { name: /^(Parked calls|Припаркованные вызовы)$/ });
  }

  /** The tile of a slot, found by the name a screen reader reads. */
  slot(n: number): Locator {
    const name = new RegExp(`(^|\\s)${this.#slot} ${n}\\b`, 'i');
    return this.board.getByRole('gridcell', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  get status(): Locator {
    return this.page.locator('valet-notices').getByRole('status');
  }

  get alert(): Locator {
    return this.page.locator('valet-notices').getByRole('alert');
  }

  /** The radio button of a live call. */
  call(name: string | RegExp): Locator {
    return this.page.locator('valet-calls').getByRole('radio', { name });
  }

  /** Somebody rings, through the drawer as a person would do it. */
  async ring(name: string, number: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.getByRole('textbox', { name: 'Number' }).fill(number);
    await this.button(/^Ring \d+$/).click();
  }

  /** Somebody rings and is answered. */
  async talk(name: string, number: string): Promise<void> {
    await this.ring(name, number);
    await this.button(new RegExp(`^Answer ${name}`)).click();
    await expect(this.call(new RegExp(`^${name}.*Talking$`))).toBeVisible();
  }

  /** Sets the clock of the page forward: past the moment for which a changed tile takes no press,
   *  or past a whole patience. */
  async later(ms = 1000): Promise<void> {
    await this.page.clock.fastForward(ms);
  }

  /** Somebody rings and is answered, without the drawer; the panel has heard of both, and long
   *  enough ago for a press to mean this call. */
  async connect(pbx: RunningSwitch, name: string, number: string): Promise<string> {
    const { call } = pbx.exchange.ring('34414', number, name);
    const one = this.page.locator(`input[value="${call}"]`);
    await expect(this.call(/Ringing$/).and(one)).toBeVisible();
    pbx.exchange.answer(call);
    await expect(this.call(/Talking$/).and(one)).toBeVisible();
    await this.later();
    return call;
  }

  /** Chooses something in the settings, as a person would. */
  async set(what: string, choice: string | boolean): Promise<void> {
    await this.button('Settings').click();
    const dialog = this.page.getByRole('dialog');
    if (typeof choice === 'string') await dialog.getByLabel(what).selectOption(choice);
    else await dialog.getByLabel(what).setChecked(choice);
    await this.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }

  /** Asks for every slot, as somebody does who wants to know. */
  async lookAll(): Promise<void> {
    await this.button('Look at all').click();
    await expect(this.status).toContainText(/ (is|are) free/);
  }

  /** The bodies of the commands, without the questions that a panel asks by itself. */
  commands(): string[] {
    return this.asked.map(({ body }) => body).filter((body) => !body.includes('"slots"'));
  }
}

interface Fixtures {
  /** A switch of its own for each test, on a free port. */
  readonly pbx: RunningSwitch;
  /** The panel of extension 341, open. */
  readonly panel: Panel;
  /** Fails a test in which any page said anything on its console. */
  readonly silence: undefined;
}

export const test = base.extend<Fixtures>({
  pbx: async ({}, use) => {
    const pbx = await startSwitch();
    await use(pbx);
    await pbx.close();
  },
  baseURL: async ({ pbx }, use) => use(pbx.url),
  panel: async ({ page }, use) => use(await new Panel(page).open('341')),
  silence: [
    async ({ context }, use) => {
      const said: string[] = [];
      context.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
      context.on('weberror', (error) => said.push(`uncaught: ${error.error()}`));
      await use(undefined);
      expect(said).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
