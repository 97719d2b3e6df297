import type { Log } from '../feed/log.ts';

/** Returns the same log, which reports how long each `append` takes until it is stored, in ms. */
export function timedLog(log: Log, report: (ms: number) => void): Log {
  const append: Log['append'] = async (...args) => {
    const start = performance.now();
    const id = await log.append(...args);
    report(performance.now() - start);
    return id;
  };
  return new Proxy(log, {
    get(_, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(log, name, log);
      // The methods need the log itself, because its fields are private.
      return typeof value === 'function' ? (value.bind(log) as unknown) : value;
    },
  });
}
