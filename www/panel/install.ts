import { server } from './server.ts';

/**
 * Registers the service worker of the page, so that the panel can be installed, and says that it is
 * offline while the server does not answer.
 *
 * Browsers have service workers only under HTTPS and on this machine. Elsewhere the panel works
 * without one.
 */
export async function registerServiceWorker(): Promise<void> {
  // The type says that every browser has it, on every page.
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  try {
    await container?.register(`${server.base}/service-worker.js`, { updateViaCache: 'none' });
  } catch {
    // A browser may refuse it: in a private window, or by a company policy.
  }
}
