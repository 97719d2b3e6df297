import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket, type RawData } from 'ws';
import type { Browser } from './view.ts';

/** A message of Firefox: the answer to a command, or an event. */
type Message =
  | { readonly type: 'success'; readonly id: number; readonly result: unknown }
  | {
      readonly type: 'error';
      readonly id: number;
      readonly error: string;
      readonly message: string;
    }
  | { readonly type: 'event'; readonly params: { readonly level: string; readonly text: string } };

/** A reference to an element of the page. */
interface Reference {
  readonly sharedId: string;
}

/** Starts Firefox, which speaks WebDriver BiDi itself. Firefox ends when the test ends. */
export async function startFirefox({ browser }: { readonly browser: string }): Promise<Firefox> {
  const firefox = new Firefox(await connect(await startProcess(browser)));
  await firefox.start();
  return firefox;
}

/** Starts Firefox with an empty profile. Returns the address of its WebDriver BiDi. */
async function startProcess(path: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  onTestFinished(() => rm(profile, { recursive: true, maxRetries: 10 }));
  const args = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile];
  const firefox = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => firefox.once('close', () => resolve()));
  onTestFinished(async () => {
    firefox.kill();
    await ended;
  });
  return new Promise((resolve, reject) => {
    let text = '';
    firefox.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const address = /WebDriver BiDi listening on (\S+)\n/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    firefox.once('error', reject);
    void ended.then(() => reject(new Error(`Firefox ended before it was ready:\n${text}`)));
  });
}

function connect(address: string): Promise<WebSocket> {
  const socket = new WebSocket(`${address}/session`);
  onTestFinished(() => socket.terminate());
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

class Firefox implements Browser {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #lines: string[] = [];
  #context = '';
  #title = '';

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: RawData) => {
      const message: Message = JSON.parse(data.toString());
      if (message.type === 'event')
        this.#lines.push(`${message.params.level}: ${message.params.text}`);
      else this.#waiting.get(message.id)?.(message);
    });
  }

  async start(): Promise<void> {
    const { capabilities } = await this.#send<{ capabilities: Record<string, string> }>(
      'session.new',
      { capabilities: {} },
    );
    this.#title = `${capabilities.browserName} ${capabilities.browserVersion}`;
    const { contexts } = await this.#send<{ contexts: readonly { context: string }[] }>(
      'browsingContext.getTree',
    );
    this.#context = contexts[0]?.context ?? '';
    await this.#send('session.subscribe', { events: ['log.entryAdded'] });
  }

  title(): string {
    return this.#title;
  }

  async open(url: string): Promise<void> {
    const context = this.#context;
    await this.#send('browsingContext.navigate', { context, url, wait: 'complete' });
  }

  async evaluate<Value>(expression: string): Promise<Value> {
    const { value } = await this.#evaluate<{ value: string }>(`JSON.stringify(${expression})`);
    return JSON.parse(value);
  }

  async hasFound(role: string, name: string): Promise<boolean> {
    const found = await this.#evaluate<Reference>('window.found');
    // A search in a document does not enter shadow roots, so it starts at the root of the element.
    const root = await this.#evaluate<Reference>('window.found.getRootNode()');
    const { nodes } = await this.#send<{ nodes: readonly Reference[] }>(
      'browsingContext.locateNodes',
      {
        context: this.#context,
        locator: { type: 'accessibility', value: { role, name } },
        startNodes: [root],
      },
    );
    return nodes.some(({ sharedId }) => sharedId === found.sharedId);
  }

  async clickFound(): Promise<void> {
    const { sharedId } = await this.#evaluate<Reference>(
      `(window.found.scrollIntoView({ block: 'nearest' }), window.found)`,
    );
    const origin = { type: 'element', element: { sharedId } };
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const pointer = { type: 'pointer', id: 'mouse', actions };
    await this.#send('input.performActions', { context: this.#context, actions: [pointer] });
  }

  lines(): readonly string[] {
    return this.#lines;
  }

  async #evaluate<Result>(expression: string): Promise<Result> {
    const { result } = await this.#send<{ result: Result }>('script.evaluate', {
      expression,
      target: { context: this.#context },
      awaitPromise: false,
    });
    return result;
  }

  /** Sends a command, and returns its result. */
  async #send<Result>(method: string, params: object = {}): Promise<Result> {
    const id = this.#waiting.size + 1;
    const answer = await new Promise<Message>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    if (answer.type === 'success') return answer.result as Result;
    throw new Error(`${method} failed: ${JSON.stringify(answer)}`);
  }
}
