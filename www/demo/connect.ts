import { WorkerFetch } from './worker-fetch.ts';

/** The way to the switch in a worker. */
export interface Connection {
  readonly fetch: typeof globalThis.fetch;
  /** True if all tabs have the same switch. */
  readonly isShared: boolean;
}

/** Starts the worker, or connects with the worker that another tab has started. */
export function connect(): Connection {
  const isShared = typeof SharedWorker === 'function';
  const { port1, port2 } = new MessageChannel();
  const url = new URL('./worker.js', import.meta.url);
  const options = { type: 'module', name: 'valet-park demo' } as const;
  const worker = isShared ? new SharedWorker(url, options) : new Worker(url, options);
  if (worker instanceof Worker) worker.postMessage(null, [port2]);
  const connection = new WorkerFetch(worker instanceof Worker ? port1 : worker.port);
  worker.onerror = () => connection.close();
  return { fetch: connection.fetch, isShared };
}
