// The service worker of the page. With a service worker, browsers can install the panel. While the
// server cannot be reached, the service worker shows the offline page. The service worker stores
// nothing. So a reload always gets the latest version, and no page shows an old answer.

import { offlinePage } from './offline-page.ts';

/** The parts of a service worker that this script uses. */
interface Worker {
  readonly clients: { claim(): Promise<void> };
  readonly navigator: { readonly languages: readonly string[] };
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof WorkerEvents>(
    type: Type,
    listener: (event: WorkerEvents[Type]) => void,
  ): void;
}

interface WorkerEvents {
  readonly install: { waitUntil(done: Promise<unknown>): void };
  readonly activate: { waitUntil(done: Promise<unknown>): void };
  readonly fetch: { readonly request: Request; respondWith(response: Promise<Response>): void };
}

const worker = self as unknown as Worker;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  // The browser itself sends all other requests, such as those of the API and of the feed.
  if (request.mode !== 'navigate') return;
  const answer = fetch(request).catch(() => offlinePage(request.url, worker.navigator.languages));
  event.respondWith(answer);
});
