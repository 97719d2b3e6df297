import {
  Builder,
  By,
  Capabilities,
  error,
  type WebDriver,
  type WebElement,
} from 'selenium-webdriver';
import logInspector from 'selenium-webdriver/bidi/logInspector.js';
import { DriverService } from 'selenium-webdriver/remote';
import { expect, onTestFinished } from 'vitest';
import type { Engine } from '../../scripts/setup/engines.mjs';
import { startScreen } from './screen.ts';

/** The limit for a step that hangs. A slow machine needs far less. */
const limits = { timeout: 60_000, interval: 50 };

/** An element of the page and its name. */
interface Found {
  readonly element: WebElement;
  readonly name: string;
  readonly enabled: boolean;
}

/** Starts an engine with an empty window. The engine stops when the test ends. */
export async function startEngine({ driver, browser, screen }: Engine): Promise<View> {
  const builder = new DriverService.Builder(driver).setLoopback(true);
  if (screen) builder.setEnvironment({ ...environment(), DISPLAY: await startScreen(screen) });
  // With the default port, two drivers could not run at the same time.
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

/**
 * Returns the accessible name of an element. WebKit does not name a cell by its content; a screen reader
 * reads the group in the cell.
 */
async function spokenName(element: WebElement): Promise<string> {
  const name = await element.getAccessibleName();
  const [group] = name === '' ? await element.findElements(By.css('[role="group"]')) : [];
  return group === undefined ? name : group.getAccessibleName();
}

/** A page in a browser engine. Elements are found by their roles and accessible names. */
export class View {
  readonly #driver: WebDriver;
  readonly #lines: string[] = [];

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  /** Returns the name and the version of the engine. */
  async title(): Promise<string> {
    const capabilities = await this.#driver.getCapabilities();
    return `${capabilities.getBrowserName()} ${capabilities.getBrowserVersion()}`;
  }

  /** Opens a page and records its console from then on. */
  async open(url: string): Promise<void> {
    const capabilities = await this.#driver.getCapabilities();
    if (capabilities.has('webSocketUrl')) {
      const log = await logInspector(this.#driver);
      await log.onLog((entry) => this.#lines.push(`${entry.level}: ${entry.text}`));
      await this.#driver.get(url);
    } else {
      await this.#driver.get(url);
      await this.#driver.executeScript(recordErrors);
    }
  }

  /**
   * Returns the lines of the console. An engine without BiDi reports only errors and warnings after the
   * page has loaded.
   */
  async consoleLines(): Promise<readonly string[]> {
    const recordedLines = await this.#driver.executeScript<string[] | null>(
      'return window.recordedLines ?? null',
    );
    return [...this.#lines, ...(recordedLines ?? [])];
  }

  /**
   * Waits for an element, and checks that the engine computes the same role and name for assistive
   * technology.
   */
  async waitFor(role: string, name: RegExp): Promise<void> {
    const heard = async (): Promise<string> => {
      const { element } = await this.#one(role, name);
      try {
        return `${await element.getAriaRole()}: ${await spokenName(element)}`;
      } catch (cause) {
        // The element was replaced between the two requests.
        if (cause instanceof error.StaleElementReferenceError) return 'stale';
        throw cause;
      }
    };
    const pattern = new RegExp(`^${role}: ${name.source.replace(/^\^/, '')}`);
    await expect.poll(heard, limits).toMatch(pattern);
  }

  /** Waits until an element is enabled, and clicks it. */
  async press(role: string, name: RegExp): Promise<void> {
    const { element } = await this.#one(role, name, true);
    try {
      await element.click();
    } catch (cause) {
      // The element was replaced before the click, and nothing was clicked.
      if (!(cause instanceof error.StaleElementReferenceError)) throw cause;
      await this.press(role, name);
    }
  }

  /** Waits for this time by the clock of the page. */
  async wait(ms: number): Promise<void> {
    const now = (): Promise<number> => this.#driver.executeScript('return performance.now()');
    const start = await now();
    await expect.poll(now, limits).toBeGreaterThan(start + ms);
  }

  /** Waits until exactly one element has this role and name, and returns it. */
  async #one(role: string, name: RegExp, enabled = false): Promise<Found> {
    let found: readonly Found[] = [];
    // On failure, the message lists the elements of the role.
    const look = async (): Promise<string> => {
      const all = await this.#driver.executeScript<Found[]>(findByRole, role);
      found = all.filter((one) => name.test(one.name) && (one.enabled || !enabled));
      if (found.length === 1) return what;
      return all.map((one) => one.name + (one.enabled ? '' : ' (off)')).join('\n');
    };
    const what = `one ${role} is named ${name}${enabled ? ' and is enabled' : ''}`;
    await expect.poll(look, limits).toBe(what);
    const [only] = found;
    if (only === undefined) throw new Error(`expected that ${what}`);
    return only;
  }
}

/** Runs in the page: returns the elements with a role in all open shadow roots. */
function findByRole(role: string): { element: Element; name: string; enabled: boolean }[] {
  const inside = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot === null ? [element] : [element, ...inside(element.shadowRoot)],
    );
  // The name of a cell is the name of the group in it.
  const nameOf = (element: Element): string =>
    (element.querySelector(':scope > [role=group]') ?? element).getAttribute('aria-label') ??
    element.textContent.trim();
  return inside(document)
    .filter((element) => (element.getAttribute('role') ?? element.localName) === role)
    .map((element) => ({
      element,
      name: nameOf(element),
      enabled: element.ariaDisabled !== 'true' && !element.matches(':disabled'),
    }));
}

/** Runs in the page: records errors and warnings. */
function recordErrors(): void {
  const recordedLines: string[] = [];
  Object.assign(window, { recordedLines });
  addEventListener('error', ({ message }) => recordedLines.push(`uncaught: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) =>
    recordedLines.push(`unhandled: ${reason}`),
  );
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...words: unknown[]) => recordedLines.push(`${level}: ${words.join(' ')}`);
  }
}
