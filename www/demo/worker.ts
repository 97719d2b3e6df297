// The switch of the demo, in a worker. A shared worker serves all tabs of the demo, so that they are
// telephones of one switch. A browser without shared workers starts a worker for each tab.

import { init } from 'valet-park';
import { init as initLot } from 'valet-park/lot';
import { composeSwitch, type Switch } from '../server/compose-switch.ts';
import type { ToPage, ToWorker } from './protocol.ts';

/** Loads both WebAssembly modules and creates the switch. */
async function start(): Promise<Switch> {
  await Promise.all([init(), initLot()]);
  return composeSwitch({ trust: 'anyone' }, host);
}

/** There is nothing to protect: only the pages of the demo reach the worker. */
const host: Parameters<typeof composeSwitch>[1] = {
  tokens: () => ({
    fixed: 'demo',
    issue: () => 'demo',
    revoke: () => {},
    accepts: (header) => header === 'Bearer demo',
  }),
  digest: (parts) => JSON.stringify(parts),
  panel: null,
  client: null,
};

const pbx = start();

/** Answers the requests of one page. */
function serve(port: MessagePort): void {
  const running = new Map<number, AbortController>();
  const send = (message: ToPage): void => port.postMessage(message);

  async function answer(message: ToWorker & { kind: 'request' }): Promise<void> {
    const { id } = message;
    const ended = new AbortController();
    running.set(id, ended);
    try {
      await sendAnswer(id, await (await pbx).fetch(requestOf(message)), ended.signal);
    } catch {
      // A fault has cut the connection, or the WebAssembly could not be loaded.
      if (!ended.signal.aborted) send({ kind: 'lost', id });
    } finally {
      running.delete(id);
    }
  }

  async function sendAnswer(id: number, response: Response, signal: AbortSignal): Promise<void> {
    const reader = response.body?.getReader();
    signal.addEventListener('abort', () => void reader?.cancel().catch(() => {}));
    if (signal.aborted) return void reader?.cancel();
    send({ kind: 'head', id, status: response.status, headers: [...response.headers] });
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      send({ kind: 'chunk', id, bytes: part.value });
    }
    send({ kind: 'end', id });
  }

  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'request') void answer(data);
    else running.get(data.id)?.abort();
  };
}

function requestOf({ url, method, headers, body }: ToWorker & { kind: 'request' }): Request {
  const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]) };
  return new Request(new URL(url, 'http://localhost'), body === null ? init : { ...init, body });
}

// A shared worker gets `connect` with the port of a page. Another worker gets a message with a port.
function onPort({ ports: [port] }: MessageEvent): void {
  if (port !== undefined) serve(port);
}
addEventListener('connect', onPort as EventListener);
addEventListener('message', onPort as EventListener);
