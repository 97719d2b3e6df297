import { test as base, expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { startSwitch, type RunningSwitch } from 'valet-park/server';

/** A request to the resource: the extension and the call in its URL, and its body. */
export interface ResourceRequest {
  readonly extension: string;
  readonly call: string;
  readonly body: string;
}

/** Chooses an entry of the menu in the bar. */
export async function chooseFromMenu(panel: Page | FrameLocator, name: string): Promise<void> {
  await panel.getByRole('button', { name: /^(More|Ещё)$/ }).click();
  await panel.getByRole('menuitem', { name }).click();
}

/** A page with the panel, and the requests that it sends. */
export class Panel {
  readonly page: Page;
  /** Every request to the resource since the page was opened, in order. */
  readonly requests: ResourceRequest[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => {
      const found = /\/extension\/([^/]+)\/valet_park\/([^/]+)$/.exec(request.url());
      if (found === null) return;
      const [, extension = '', call = ''] = found;
      this.requests.push({
        extension,
        call: decodeURIComponent(call),
        body: request.postData() ?? '',
      });
    });
  }

  /**
   * Opens the panel of an extension, by its number, and waits until its feed is open. Opens the tools
   * of the demo, unless `tools` is false.
   */
  async open(extension: string, tools = true): Promise<this> {
    await this.page.clock.install();
    const feed = this.page.waitForResponse((response) => response.url().includes('/feed?'));
    await this.page.goto(`/?extension=${extension}`);
    await feed;
    await expect(this.board).toBeVisible();
    if (tools) await this.button(/^(Try it|Попробовать)$/).click();
    return this;
  }

  /** Sets the language in which `slot` finds tiles. */
  setLanguage(language: 'en' | 'ru'): void {
    this.#slot = language === 'ru' ? 'слот' : 'slot';
  }
  #slot = 'slot';

  get board(): Locator {
    return this.page.getByRole('grid', { name: /^(Parked calls|Припаркованные вызовы)$/ });
  }

  /** The tile of a slot, found by its accessible name. */
  slot(n: number): Locator {
    const name = new RegExp(`(^|\\s)${this.#slot} ${n}\\b`, 'i');
    return this.board.getByRole('gridcell', { name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  /** Chooses an entry of the menu in the bar. */
  async menu(name: string): Promise<void> {
    await chooseFromMenu(this.page, name);
  }

  get status(): Locator {
    return this.page.locator('valet-notices').getByRole('status');
  }

  get alert(): Locator {
    return this.page.locator('valet-notices').getByRole('alert');
  }

  /** The radio button of a call that is not parked. */
  call(name: string | RegExp): Locator {
    return this.page.locator('valet-calls').getByRole('radio', { name });
  }

  /** Lets a caller ring, with the form of the drawer. */
  async ring(name: string, number: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.getByRole('textbox', { name: 'Number' }).fill(number);
    await this.button(/^Ring \d+$/).click();
  }

  /** Answers a call with the drawer. */
  async answer(name: string): Promise<void> {
    const drawer = this.page.locator('valet-drawer');
    await drawer.getByRole('button', { name: new RegExp(`^Answer ${name}`) }).click();
  }

  /** Lets a caller ring and answers, with the drawer. */
  async talk(name: string, number: string): Promise<void> {
    await this.ring(name, number);
    await this.answer(name);
    await expect(this.call(new RegExp(`^${name}.*Talking$`))).toBeVisible();
  }

  /**
   * Sets the clock of the page forward, and the clock of a switch. A second is enough for a changed tile to
   * take presses. After a long jump the page reads from the feed how long calls have waited, so the switch
   * must jump, too.
   */
  async advance(ms = 1000, pbx?: RunningSwitch): Promise<void> {
    pbx?.exchange.forward(ms);
    await this.page.clock.fastForward(ms);
  }

  /** Lets a caller ring and answers, without the drawer. Afterwards the panel takes presses. */
  async connect(pbx: RunningSwitch, name: string, number: string): Promise<string> {
    const { call } = pbx.exchange.ring('34414', number, name);
    const one = this.page.locator(`input[value="${call}"]`);
    await expect(this.call(/Ringing$/).and(one)).toBeVisible();
    pbx.exchange.answer(call);
    await expect(this.call(/Talking$/).and(one)).toBeVisible();
    await this.advance();
    return call;
  }

  /** Changes a setting in the dialog. */
  async choose(setting: string, choice: string | boolean): Promise<void> {
    await this.menu('Settings');
    const dialog = this.page.getByRole('dialog');
    if (typeof choice === 'string')
      await dialog.getByRole('combobox', { name: setting, exact: true }).selectOption(choice);
    else await dialog.getByRole('checkbox', { name: setting, exact: true }).setChecked(choice);
    await this.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }

  /** Presses "Refresh" and waits for the result. */
  async refresh(): Promise<void> {
    await this.menu('Refresh');
    await expect(this.status).toContainText(/ (is|are) free/);
  }

  /** The bodies of the commands, without the questions that the panel asks in the background. */
  commands(): string[] {
    return this.requests.map(({ body }) => body).filter((body) => !body.includes('"slots"'));
  }
}

interface Fixtures {
  /** The switch, a new one for each test, on a free port. */
  readonly pbx: RunningSwitch;
  /** The open panel of extension 341. */
  readonly panel: Panel;
  /** Fails the test if a page writes to its console. */
  readonly silentConsole: undefined;
}

export const test = base.extend<Fixtures>({
  pbx: async ({}, use) => {
    const pbx = await startSwitch();
    await use(pbx);
    await pbx.close();
  },
  baseURL: async ({ pbx }, use) => use(pbx.url),
  panel: async ({ page }, use) => use(await new Panel(page).open('341')),
  silentConsole: [
    async ({ context }, use) => {
      const lines: string[] = [];
      context.on('console', (message) => lines.push(`${message.type()}: ${message.text()}`));
      context.on('weberror', (error) => lines.push(`uncaught: ${error.error()}`));
      await use(undefined);
      const own = lines.filter((line) => !line.endsWith('blocked by Playwright'));
      expect(own).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
