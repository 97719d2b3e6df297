import type { Logger } from '../logger.ts';
import type { Relay } from './relay.ts';

/**
 * Creates the web hooks that are missing. Tries again after a minute if the switch is away. Returns a
 * function that ends the attempts. `hookPath` contains the secret, which no line of the log may contain.
 */
export function keepWebHooks(
  relay: Pick<Relay, 'subscribe'>,
  hookPath: string,
  logger: Logger,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  async function create(): Promise<void> {
    try {
      const { created, kept, removed } = await relay.subscribe();
      logger.info('web hooks', { created, kept, removed });
    } catch (error) {
      // The switch may quote the address of a web hook, which contains the secret.
      const secret = hookPath.split('/').at(-1) ?? '';
      const reason = (error as Error).message.replaceAll(secret, '…');
      logger.warn(`the web hooks cannot be created, so there are no call events: ${reason}`);
      if (!isStopped) timer = setTimeout(() => void create(), RETRY_MS).unref();
    }
  }
  void create();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

const RETRY_MS = 60_000;
