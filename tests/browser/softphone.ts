// The example of a softphone in a page, with one of its SIP libraries and with sound.

import { readFileSync } from 'node:fs';
import { expect as usual, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { build } from 'esbuild';
import type { ValetPark } from 'valet-park';
import type { RunningSwitch } from 'valet-park/server';

/** WebRTC and two SIP libraries may need seconds on a machine that is busy. */
export const expect = usual.configure({ timeout: 60_000 });

export const libraries = ['sipjs', 'jssip'] as const;
export type Library = (typeof libraries)[number];

/** Flags that give Chromium a microphone and allow its use. */
export const telephone = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

const folder = 'examples/softphone';
let bundle: Promise<string> | null = null;

/** Bundles the example. The switch serves the package, so the example loads it from there. */
function bundled(): Promise<string> {
  bundle ??= build({
    entryPoints: [`${folder}/main.js`],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    plugins: [
      {
        name: 'package',
        setup: (build) =>
          build.onResolve({ filter: /^valet-park/ }, ({ path }) => ({
            path: path.endsWith('element') ? '/element.js' : '/index.js',
            external: true,
          })),
      },
    ],
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return bundle;
}

/** The page of a softphone. */
export class Softphone {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the softphone of an extension in a new page. */
  static async open(
    context: BrowserContext,
    pbx: RunningSwitch,
    library: Library,
    extension = '34414',
  ): Promise<Softphone> {
    const page = await context.newPage();
    const [script, html] = [await bundled(), readFileSync(`${folder}/index.html`, 'utf8')];
    await page.route(/\/softphone\//, (route) =>
      route.request().url().endsWith('main.js')
        ? route.fulfill({ contentType: 'text/javascript', body: script })
        : route.fulfill({ contentType: 'text/html', body: html }),
    );
    await page.goto(
      `${pbx.url}/softphone/?desk=${pbx.url}&phone=${library}&extension=${extension}`,
    );
    const phone = new Softphone(page);
    await phone.isReady();
    return phone;
  }

  async isReady(): Promise<void> {
    await expect(this.page.getByRole('grid')).toBeVisible();
    await expect(this.line(1)).toContainText('Free');
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isReady();
  }

  line(n: number): Locator {
    return this.page
      .getByRole('list', { name: 'Lines' })
      .getByRole('listitem')
      .nth(n - 1);
  }

  /** A button of the telephone, not of the panel beside it. */
  button(name: string, within: Locator = this.page.getByRole('main')): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  get state(): Locator {
    return this.page.locator('#state');
  }

  async dial(number: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Number' }).fill(number);
    await this.button('Call').click();
  }

  /** Expects that the person hears this number only. Null: silence. */
  async hears(number: string | null): Promise<void> {
    const voice = number?.slice(-2) ?? null;
    await expect.poll(() => this.page.evaluate(listen)).toBe(voice);
  }
}

/**
 * Returns in which order the page learns of a park: the end of the dialog (`BYE`), the state of the
 * call (`parked`), and the result of the command (`resolved`). Runs in the page.
 */
export async function followPark(): Promise<readonly string[]> {
  const order: string[] = [];
  const note = (what: string): void => {
    if (!order.includes(what)) order.push(what);
  };
  const lot = document.querySelector('valet-lot') as (Element & { park: ValetPark }) | null;
  lot?.park.subscribe(() => {
    if (lot.park.getSnapshot().calls.some(({ state }) => state === 'parked')) note('parked');
  });
  const [line, state] = [document.querySelector('#lines li'), document.querySelector('#state')];
  await new Promise<void>((resolve) => {
    new MutationObserver(() => {
      if (line?.textContent.startsWith('Free')) note('BYE');
      if (state?.textContent.startsWith('The call waits')) note('resolved');
      if (order.includes('resolved')) resolve();
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return order;
}

/** The steps after a press on "Pick up", in their order. */
export const steps = ['asked', 'rings', 'answered', 'connected', 'heard'] as const;
export type Step = (typeof steps)[number];

/** Returns when each step came, in ms after the next press on a button. Runs in the page. */
export async function timePickUp(): Promise<Readonly<Partial<Record<Step, number>>>> {
  const times: Partial<Record<Step, number>> = {};
  let pressed: number | null = null;
  const note = (step: Step): void => {
    if (pressed !== null) times[step] ??= Math.round(performance.now() - pressed);
  };
  document.addEventListener('click', () => (pressed ??= performance.now()), { capture: true });
  const original = window.fetch;
  window.fetch = async (input, init) => {
    const isPickUp = JSON.stringify(input).includes('/pick_up');
    if (isPickUp) note('asked');
    const reply = await original(input, init);
    if (isPickUp) note('connected');
    return reply;
  };
  const line = document.querySelector('#lines');
  new MutationObserver(() => {
    const text = line?.textContent ?? '';
    if (text.includes('is calling')) note('rings');
    if (text.includes('Talking with')) note('answered');
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 256 });
  const wave = new Float32Array(analyser.fftSize);
  const audio = document.querySelector('audio');
  let source: MediaStreamAudioSourceNode | null = null;
  while (times.heard === undefined || times.connected === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 4));
    const stream = audio?.srcObject;
    if (source === null && stream instanceof MediaStream) {
      source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
      source.connect(analyser);
    }
    analyser.getFloatTimeDomainData(wave);
    if (wave.some((level) => Math.abs(level) > 0.01)) note('heard');
  }
  await context.close();
  window.fetch = original;
  return times;
}

/**
 * Returns the last two digits of the number whose tone plays in the page. Null: silence. The
 * stand-in gives each number a tone of 300 Hz, plus 10 Hz for each unit of its last two digits.
 */
async function listen(): Promise<string | null> {
  const audio = document.querySelector('audio');
  const stream = audio?.srcObject;
  if (!(stream instanceof MediaStream) || audio === null || audio.paused) return null;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 16_384, smoothingTimeConstant: 0 });
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const hertz = context.sampleRate / analyser.fftSize;
  await context.close();
  const loudest = levels.indexOf(Math.max(...levels));
  if ((levels[loudest] ?? -Infinity) < -60) return null;
  return String(Math.round((loudest * hertz - 300) / 10)).padStart(2, '0');
}
