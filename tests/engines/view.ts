import { Builder, Capabilities, error, type WebDriver, type WebElement } from 'selenium-webdriver';
import logInspector from 'selenium-webdriver/bidi/logInspector.js';
import { DriverService } from 'selenium-webdriver/remote';
import { expect, onTestFinished } from 'vitest';
import type { Engine } from '../../scripts/setup/engines.mjs';
import { startScreen } from './screen.ts';

/** A bound for what hangs, far above what a slow machine needs. */
const patience = { timeout: 60_000, interval: 50 };

/** An element of the page, with the name that is written on it. */
interface Seen {
  readonly element: WebElement;
  readonly name: string;
  readonly enabled: boolean;
}

/** Starts an engine with an empty window. It is stopped when the test ends. */
export async function startEngine({ driver, browser, screen }: Engine): Promise<View> {
  const builder = new DriverService.Builder(driver).setLoopback(true);
  if (screen) builder.setEnvironment({ ...environment(), DISPLAY: await startScreen(screen) });
  // Two drivers that run at once would both take the port which is meant for debugging.
  if (browser) builder.addArguments('--websocket-port=0');
  const service = builder.build();
  onTestFinished(() => service.kill());
  const url = await service.start();
  const wanted = browser ? firefox(browser) : { browserName: 'MiniBrowser' };
  const capabilities = new Capabilities(wanted);
  const session = new Builder().usingServer(url).withCapabilities(capabilities).build();
  onTestFinished(() => session.quit());
  return new View(await session);
}

function firefox(binary: string): object {
  return {
    browserName: 'firefox',
    webSocketUrl: true,
    'moz:firefoxOptions': { binary, args: ['-headless'] },
  };
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((one): one is [string, string] => !!one[1]);
  return Object.fromEntries(set);
}

/** A page in some engine, seen by the roles and names that are read to a person. */
export class View {
  readonly #driver: WebDriver;
  readonly #heard: string[] = [];

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  /** Which engine this is, and of which version. */
  async title(): Promise<string> {
    const capabilities = await this.#driver.getCapabilities();
    return `${capabilities.getBrowserName()} ${capabilities.getBrowserVersion()}`;
  }

  /** Opens a page, and notes from then on what it says on its console. */
  async open(url: string): Promise<void> {
    const capabilities = await this.#driver.getCapabilities();
    if (capabilities.has('webSocketUrl')) {
      const log = await logInspector(this.#driver);
      await log.onLog((entry) => this.#heard.push(`${entry.level}: ${entry.text}`));
      await this.#driver.get(url);
    } else {
      await this.#driver.get(url);
      await this.#driver.executeScript(listen);
    }
  }

  /** What the page has said on its console. Where the engine does not tell by itself, that is what
   *  went wrong after the page was loaded. */
  async said(): Promise<readonly string[]> {
    const noted = await this.#driver.executeScript<string[] | null>('return window.noted ?? null');
    return [...this.#heard, ...(noted ?? [])];
  }

  /** Waits for an element, and asks the engine too for its role and name: what is written on an
   *  element is not yet what a screen reader is told of it. */
  async told(role: string, name: RegExp): Promise<void> {
    const heard = async (): Promise<string> => {
      const { element } = await this.#one(role, name);
      try {
        return `${await element.getAriaRole()}: ${await element.getAccessibleName()}`;
      } catch (cause) {
        // It was drawn anew between the two questions.
        if (cause instanceof error.StaleElementReferenceError) return 'stale';
        throw cause;
      }
    };
    const pattern = new RegExp(`^${role}: ${name.source.replace(/^\^/, '')}`);
    await expect.poll(heard, patience).toMatch(pattern);
  }

  /** Waits until an element can be used, and presses it as a pointer does. */
  async press(role: string, name: RegExp): Promise<void> {
    const { element } = await this.#one(role, name, true);
    try {
      await element.click();
    } catch (cause) {
      // It was drawn anew before the pointer was there, and nothing was pressed.
      if (!(cause instanceof error.StaleElementReferenceError)) throw cause;
      await this.press(role, name);
    }
  }

  /** Waits until the page has been there for so long, by its own clock. */
  async pass(ms: number): Promise<void> {
    const now = (): Promise<number> => this.#driver.executeScript('return performance.now()');
    const start = await now();
    await expect.poll(now, patience).toBeGreaterThan(start + ms);
  }

  /** The one element of this role and name, once it is there. */
  async #one(role: string, name: RegExp, enabled = false): Promise<Seen> {
    let found: readonly Seen[] = [];
    // Where there is none, or more than one, what there is instead is told.
    const look = async (): Promise<string> => {
      const all = await this.#driver.executeScript<Seen[]>(seek, role);
      found = all.filter((one) => name.test(one.name) && (one.enabled || !enabled));
      if (found.length === 1) return what;
      return all.map((one) => one.name + (one.enabled ? '' : ' (off)')).join('\n');
    };
    const what = `one ${role} is named ${name}${enabled ? ' and can be used' : ''}`;
    await expect.poll(look, patience).toBe(what);
    const [only] = found;
    if (only === undefined) throw new Error(`not so: ${what}`);
    return only;
  }
}

/** Runs in the page: the elements of a role in all shadow roots that are open, however deep. */
function seek(role: string): { element: Element; name: string; enabled: boolean }[] {
  const inside = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot === null ? [element] : [element, ...inside(element.shadowRoot)],
    );
  return inside(document)
    .filter((element) => (element.getAttribute('role') ?? element.localName) === role)
    .map((element) => ({
      element,
      name: element.getAttribute('aria-label') ?? element.textContent.trim(),
      enabled: element.ariaDisabled !== 'true' && !element.matches(':disabled'),
    }));
}

/** Runs in the page: notes what goes wrong in it. */
function listen(): void {
  const noted: string[] = [];
  Object.assign(window, { noted });
  addEventListener('error', ({ message }) => noted.push(`uncaught: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => noted.push(`unhandled: ${reason}`));
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) => noted.push(`${level}: ${words.join(' ')}`);
  }
}
