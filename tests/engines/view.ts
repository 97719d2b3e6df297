import { expect } from 'vitest';

/** The limit for a step that hangs. A slow machine needs far less. */
const limits = { timeout: 60_000, interval: 50 };

/**
 * A browser with one page. `window.found` is the element in use: the page may replace the element at any
 * time, and then a command that uses the old one fails.
 */
export interface Browser {
  /** Returns the name and the version of the engine. */
  title(): string | Promise<string>;
  /** Opens a page and records its console from then on. */
  open(url: string): Promise<void>;
  /** Returns the value of an expression in the page. The value must consist of JSON. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Whether the engine computes this role and name for `window.found`, for assistive technology. */
  hasFound(role: string, name: string): Promise<boolean>;
  /** Clicks `window.found`. */
  clickFound(): Promise<void>;
  /** Returns the recorded lines of the console. */
  lines(): readonly string[] | Promise<readonly string[]>;
}

/** The result of a search: the names of the wanted elements, and of all elements of the role. */
interface Search {
  readonly found: readonly string[];
  readonly all: readonly string[];
}

/** The panel in a browser. Elements are found by their roles and accessible names. */
export class View {
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /**
   * Waits for an element, and checks that the engine computes the same role and name for assistive
   * technology.
   */
  async waitFor(role: string, name: RegExp): Promise<void> {
    await this.#retried(async () => {
      const found = await this.#find(role, name);
      if (await this.#browser.hasFound(role, found)) return;
      throw new Error(`the engine does not compute ${role} and “${found}” for the element`);
    });
  }

  /** Waits until an element is enabled, and clicks it. */
  async press(role: string, name: RegExp): Promise<void> {
    await this.#retried(async () => {
      await this.#find(role, name, true);
      await this.#browser.clickFound();
    });
  }

  /** Waits for this time by the clock of the page. */
  async wait(ms: number): Promise<void> {
    const now = (): Promise<number> => this.#browser.evaluate('performance.now()');
    const start = await now();
    await expect.poll(now, limits).toBeGreaterThan(start + ms);
  }

  /** Repeats a step that fails, because the page may replace an element between two commands. */
  async #retried(step: () => Promise<void>): Promise<void> {
    const failureOf = (): Promise<string> =>
      step().then(
        () => 'none',
        (error: unknown) => String(error),
      );
    await expect.poll(failureOf, limits).toBe('none');
  }

  /** Puts the only element with this role and name into `window.found`, and returns the name. */
  async #find(role: string, name: RegExp, enabled = false): Promise<string> {
    const args = `${JSON.stringify(role)}, ${name}, ${enabled}`;
    const { found, all } = await this.#browser.evaluate<Search>(`(${String(findByRole)})(${args})`);
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    const state = enabled ? ' that is enabled' : '';
    throw new Error(
      `expected one ${role}${state} with the name ${name}, found:\n${all.join('\n')}`,
    );
  }
}

/**
 * Runs in the page: searches all open shadow roots, and puts the first element with this role and name into
 * `window.found`.
 */
function findByRole(role: string, name: RegExp, enabled: boolean): Search {
  const inside = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot === null ? [element] : [element, ...inside(element.shadowRoot)],
    );
  // The name of a cell is the name of the group in it.
  const nameOf = (element: Element): string =>
    (element.querySelector(':scope > [role=group]') ?? element).getAttribute('aria-label') ??
    element.textContent.trim();
  const isEnabled = (element: Element): boolean =>
    element.ariaDisabled !== 'true' && !element.matches(':disabled');
  const all = inside(document)
    .filter((element) => (element.getAttribute('role') ?? element.localName) === role)
    .map((element) => ({ element, name: nameOf(element), enabled: isEnabled(element) }));
  const found = all.filter((one) => name.test(one.name) && (one.enabled || !enabled));
  Object.assign(window, { found: found[0]?.element });
  return {
    found: found.map((one) => one.name),
    all: all.map((one) => one.name + (one.enabled ? '' : ' (off)')),
  };
}
