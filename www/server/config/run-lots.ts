import { watch, type FSWatcher } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { startLots, type BrokenLot, type LotOptions, type LotsReport } from '../index.ts';
import type { Logger } from '../logger.ts';
import { lotFolder } from '../lots/name.ts';
import { ONE_RELAY } from '../relay/options.ts';
import { stateFolder } from './state-folder.ts';
import { ConfigError } from './config-error.ts';
import { createJsonLogger } from './json-logger.ts';
import { lotOptions, processOptions } from './lot-options.ts';
import { program } from './program.ts';
import type { Config } from './read.ts';
import { passwordWarning, warningFor } from './run-relay.ts';

/** Lots that run, and the text that the program prints. */
export interface StartedLots {
  readonly text: string;
  /** Reads the settings again, and changes the lots. Never rejects: a problem is logged. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the lots of the settings. A lot whose settings are wrong does not keep the others from running.
 * `read` reads the settings again.
 *
 * @throws ConfigError if a setting of the process is wrong, or no lot is right; and as `startLots` does.
 */
export async function runLots(read: () => Config): Promise<StartedLots> {
  const config = read();
  const { values, file } = config;
  if (values.redis !== undefined && values.log !== undefined) {
    throw new ConfigError('--redis is the place of the log, so --log cannot be set, too');
  }
  const state = stateFolder(config);
  const logger = createJsonLogger(values['log-level'] ?? 'info');
  const wanted = wantedLots(config, state);
  const [problem] = wanted.broken;
  if (wanted.lots.length === 0 && problem !== undefined) throw new ConfigError(problem.problem);
  const publicUrl = values['public-url'];
  const lots = await startLots(
    {
      ...{ ...processOptions(values), lots: wanted.lots, state, logger },
      ...(publicUrl === undefined ? {} : { publicUrl }),
    },
    wanted.broken,
  );
  tell(logger, lots.report);

  let isClosed = false;
  async function reload(): Promise<void> {
    if (isClosed) return;
    try {
      const again = read();
      if (again.lots === null) throw new ConfigError('there are no lots any more');
      if (!isDeepStrictEqual(ofProcess(again), ofProcess(config))) {
        logger.warn('only the lots are read again: restart the relay to change other settings');
      }
      const { lots: next, broken } = wantedLots(again, state);
      tell(logger, await lots.change(next, broken));
    } catch (error) {
      const reason = (error as Error).message;
      logger.warn(`the settings cannot be read, so all lots stay as they are: ${reason}`);
    }
  }
  const watcher = watchFolder(config.pathOf('lots'), () => void reload());

  const where = file === null ? '' : ` (${file})`;
  const [first = 'acme'] = lots.names;
  return {
    text:
      `valet-park listens at ${lots.url} and serves ${countOf(lots.names.length)}${where}\n` +
      `state: ${state}\n` +
      `To pair a panel, open ${lots.url}/lot/${first}/ in its browser, and type the code that it shows:\n` +
      `  ${program} pair <code> --lot ${first} --extension all --name Reception\n` +
      warningFor(values) +
      passwordWarning(wanted.lots),
    reload,
    async close() {
      isClosed = true;
      watcher?.close();
      await lots.close();
    },
  };
}

/** The lots of the settings with their options. What is wrong with one lot is in `broken`. */
export function wantedLots(
  config: Config,
  state: string,
): { lots: readonly LotOptions[]; broken: readonly BrokenLot[] } {
  const { lots: found = [], broken: known = [] } = config.lots ?? {};
  const lots: LotOptions[] = [];
  const broken: BrokenLot[] = [...known];
  for (const { name, config: own } of found) {
    try {
      // Variables and credentials belong to the process, and would be the same for all lots.
      const { notifyText: _, ...options } = lotOptions(own, {}, lotFolder(state, name));
      if (options.subscribe && (options.publicUrl ?? config.values['public-url']) === undefined) {
        throw new ConfigError(`${own.originOf('subscribe')} needs public-url`);
      }
      if (options.freeswitch !== undefined && config.values.redis !== undefined) {
        throw new ConfigError(`${config.originOf('redis')} and lot ${name}: ${ONE_RELAY}`);
      }
      lots.push({ name, ...options });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      broken.push({ name, problem: error.message });
    }
  }
  return { lots, broken };
}

/** The settings that are read at the start only. */
function ofProcess({ values }: Config): object {
  return { ...processOptions(values), url: values['public-url'], level: values['log-level'] };
}

function tell(logger: Logger, { added, changed, removed, kept, broken }: LotsReport): void {
  for (const { name, problem } of broken) {
    const stays = name !== null && kept.includes(name) ? ', so it stays as it was' : '';
    logger.warn(`a lot is wrong${stays}: ${problem}`, name === null ? {} : { lot: name });
  }
  const counts = { added: added.length, changed: changed.length, removed: removed.length };
  logger.info('lots', { ...counts, kept: kept.length, broken: broken.length });
}

/** Calls `changed` a moment after files in a folder have changed. */
function watchFolder(folder: string | null, changed: () => void): FSWatcher | null {
  if (folder === null) return null;
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  });
  // The folder itself may be removed. SIGHUP still works.
  watcher.on('error', () => watcher.close());
  watcher.on('close', () => clearTimeout(timer));
  return watcher;
}

function countOf(lots: number): string {
  return lots === 1 ? '1 lot' : `${lots} lots`;
}

/** Editors write a file in several steps. */
const SETTLE_MS = 300;
