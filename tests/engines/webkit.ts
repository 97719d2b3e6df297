import { Builder, By, Capabilities, type WebDriver, type WebElement } from 'selenium-webdriver';
import { DriverService } from 'selenium-webdriver/remote';
import { onTestFinished } from 'vitest';
import { startScreen } from './screen.ts';
import type { Browser } from './view.ts';

/** Starts WebKit on a new virtual screen, and drives it by WebDriver. Closes WebKit when the test ends. */
export async function startWebkit(engine: {
  readonly driver: string;
  readonly screen: string;
}): Promise<Browser> {
  const builder = new DriverService.Builder(engine.driver).setLoopback(true);
  builder.setEnvironment({ ...environment(), DISPLAY: await startScreen(engine.screen) });
  const service = builder.build();
  onTestFinished(() => service.kill());
  const url = await service.start();
  const capabilities = new Capabilities({ browserName: 'MiniBrowser' });
  const session = new Builder().usingServer(url).withCapabilities(capabilities).build();
  onTestFinished(() => session.quit());
  return new Webkit(await session);
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((one): one is [string, string] => !!one[1]);
  return Object.fromEntries(set);
}

class Webkit implements Browser {
  readonly #driver: WebDriver;

  constructor(driver: WebDriver) {
    this.#driver = driver;
  }

  async title(): Promise<string> {
    const capabilities = await this.#driver.getCapabilities();
    return `${capabilities.getBrowserName()} ${capabilities.getBrowserVersion()}`;
  }

  async open(url: string): Promise<void> {
    await this.#driver.get(url);
    await this.#driver.executeScript(recordErrors);
  }

  evaluate<Value>(expression: string): Promise<Value> {
    return this.#driver.executeScript(`return ${expression}`);
  }

  async hasFound(role: string, name: string): Promise<boolean> {
    const element = await this.evaluate<WebElement>('window.found');
    return (await element.getAriaRole()) === role && (await spokenName(element)) === name;
  }

  async clickFound(): Promise<void> {
    const element = await this.evaluate<WebElement>('window.found');
    await element.click();
  }

  /** Errors and warnings since the page has loaded. This engine reports nothing else. */
  lines(): Promise<readonly string[]> {
    return this.evaluate('window.recordedLines');
  }
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
