import type { Dialect } from 'valet-park';
import type { ExactListener, ExactMove, ExactSwitch } from '../relay/exact-lot.ts';
import { FreeswitchDriver, type DriverOptions } from './driver.ts';
import { DEFAULT_CONTEXT, DEFAULT_PORT, type FreeswitchOptions } from './options.ts';
import type { LotMove } from './state.ts';
import { engineUpstream } from './upstream.ts';

/** Makes a lot on FreeSWITCH the switch of a relay. */
export function exactFreeswitch(
  options: FreeswitchOptions & Pick<DriverOptions, 'slots' | 'patienceMs' | 'now' | 'wakeIn'>,
  dialect: Dialect,
): ExactSwitch {
  const { host = '127.0.0.1', port = DEFAULT_PORT, context = DEFAULT_CONTEXT } = options;
  let listener: ExactListener | null = null;
  const driver: FreeswitchDriver = new FreeswitchDriver({
    ...{ ...options, host, port, context },
    listener: {
      call: (fields) => listener?.call(fields),
      moved: (move) => listener?.moved(exactMove(move)),
      changed: (problem) => {
        if (problem === null) listener?.ready();
        else listener?.lost(problem);
      },
      warn: (sentence) => listener?.warn(sentence),
    },
  });
  const idOf = (uuid: string) => driver.state.calls.idOf(uuid);
  function exactMove({ uuid, by, ...move }: LotMove): ExactMove {
    const taker = by && { call: idOf(by.uuid), extension: by.extension };
    return { ...move, call: idOf(uuid), by: taker };
  }
  return {
    upstream: engineUpstream(driver, dialect),
    get problem() {
      return driver.problem;
    },
    waiting: () =>
      driver.state.waiting().map((stay) => exactMove({ ...stay, kind: 'parked', by: null })),
    pickUp: (wanted, signal) => driver.pickUp(wanted, signal),
    start(news) {
      listener = news;
      driver.start();
    },
    close: () => driver.close(),
  };
}
