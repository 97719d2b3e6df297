// Runs functions of a module in another process, so that the processor time and the memory of a
// server are its own.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts a process with a module that calls `serve`. Returns a function that calls one of its
 * functions, and a function that ends the process.
 */
export function startProcess(/** @type {string} */ name) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const child = fork(path, { execArgv: ['--expose-gc'] });
  let last = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const open = new Map();
  child.on('message', (/** @type {any} */ { id, value, error }) => {
    const call = open.get(id);
    open.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(`${name}: ${error}`));
  });
  child.on('exit', (code) => {
    for (const { reject } of open.values()) reject(new Error(`${name} ended with ${code}`));
  });
  /** @returns {Promise<any>} */
  const call = (/** @type {string} */ what, /** @type {unknown[]} */ ...given) =>
    new Promise((resolve, reject) => {
      last += 1;
      open.set(last, { resolve, reject });
      child.send({ id: last, what, given });
    });
  return { call, end: () => child.kill() };
}

/** Lets the parent process call these functions. */
export function serve(/** @type {Record<string, (...given: any[]) => unknown>} */ functions) {
  process.on('disconnect', () => process.exit());
  process.on('message', (/** @type {any} */ { id, what, given }) => {
    Promise.resolve(given)
      .then((list) => functions[what]?.(...list))
      .then(
        (value) => process.send?.({ id, value }),
        (/** @type {unknown} */ error) => process.send?.({ id, error: String(error) }),
      );
  });
}

/** The time in ms. It is the same in all processes of a machine. */
export function now() {
  return performance.timeOrigin + performance.now();
}

/** Resolves after a time in ms. */
export function pause(/** @type {number} */ ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
