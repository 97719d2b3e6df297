// Goal: every value that a caller passes is either accepted or refused with a ValetError.
// Method: every export and every method gets every odd value, in the place of each argument.

import * as main from 'valet-park';
import { isValetError, ValetError, ValetPark } from 'valet-park';
import * as lots from 'valet-park/lot';
import { describe, expect, it } from 'vitest';
import { odd as plain } from '../wasm/odd.ts';
import { opened, settled } from './host.ts';

type Anything = (...given: unknown[]) => unknown;

const refuse = (): never => {
  throw new TypeError('not to be read');
};
const fields = ['signal', 'slot', 'call', 'expect', 'raw', 'module', 'message', 'slots', 'length'];

const odd: Record<string, unknown> = {
  ...plain,
  'a revoked list': (() => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return proxy;
  })(),
  'a list with holes': { slots: new Array(3), kind: 'free' },
  'a very long list': { kind: 'free', slots: Array.from({ length: 300_000 }, () => 1) },
  'an object with very many fields': Object.fromEntries(
    Array.from({ length: 200_000 }, (_, number) => [`f${number}`, 'x']),
  ),
  'a thenable': { then: (resolve: (value: unknown) => void) => resolve(Symbol('x')) },
  'an object whose fields cannot be read': Object.defineProperties(
    {},
    Object.fromEntries(fields.map((name) => [name, { get: refuse, enumerable: true }])),
  ),
  'an object that holds symbols': Object.fromEntries(fields.map((name) => [name, Symbol(name)])),
  'an object that holds a revoked signal': { signal: plain['a revoked proxy'] },
  'a signal that takes no listeners': { signal: { addEventListener: refuse, aborted: false } },
  'a signal whose state cannot be read': {
    signal: Object.defineProperty({ addEventListener: () => {} }, 'aborted', { get: refuse }),
  },
  'an endless list': {
    *[Symbol.iterator]() {
      for (;;) yield ['a', 'b'];
    },
  },
  'a list without pairs': [5, null, Symbol('x')],
};

/** Throws if `use` throws anything but a proper `ValetError`. */
async function check(use: () => unknown, what: string): Promise<void> {
  try {
    await use();
  } catch (thrown) {
    if (!isValetError(thrown)) {
      throw new Error(`${what} threw ${describeThrown(thrown)}`, { cause: thrown });
    }
    expect(thrown.code, what).not.toBe('lost');
    expect(thrown.message, what).toMatch(/^\S[^\n]*$/);
  }
}

function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
}

const call = '3232240860-37b98fb2-a66c-11ea-ae69-6fd86d94a0e0';
const question = { extension: '34414', call, action: 'slots', slot: 5 };

const { Lot } = lots;

/** Right arguments for each function. Each of them in turn is replaced by an odd value. */
const right: Record<string, readonly unknown[]> = {
  buildRequest: [question, {}],
  readAnswer: [question, 200, '', {}],
  readRequest: ['PUT', `/extension/34414/valet_park/${call}`, '{"action":"park"}', {}],
  readPickUp: ['/extension/34414/valet_park/pick_up', '{"slot":"5"}', {}],
  readCallList: ['{"call_list":[]}', '34414'],
  writeAnswer: [{ kind: 'vacant', slot: 5 }, {}],
  writeNoAnswer: [5, {}],
  writeNoPickUp: [5, 'no number', {}],
  writeMessage: [{ kind: 'lot', move: 'parked', slot: 5, call, extension: '34414' }],
  parseCallApiId: [call],
  sameCall: [call, call],
  parseCallEvent: ['EventType=answer'],
  isValetError: [null],
  init: [undefined],
  initSync: [{ module: new Uint8Array() }],
  isReady: [undefined],
};

async function everyPlace(use: Anything, args: readonly unknown[], what: string): Promise<void> {
  for (let place = 0; place < args.length; place += 1) {
    for (const [name, value] of Object.entries(odd)) {
      const given = args.map((arg, at) => (at === place ? value : arg));
      await check(() => use(...given), `${what} with ${name} in place ${place}`);
    }
  }
}

describe('an odd value', () => {
  it('is passed to every exported function', () => {
    const functions = Object.entries({ ...main, ...lots })
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    expect(functions.sort()).toEqual(
      [...Object.keys(right), 'Lot', 'ValetError', 'ValetPark'].sort(),
    );
  });

  for (const [entry, exports] of Object.entries({ 'valet-park': main, 'valet-park/lot': lots })) {
    for (const [name, args] of Object.entries(right)) {
      if (!(name in exports)) continue;
      it(`is accepted or refused by ${name} of ${entry}`, async () => {
        await everyPlace(Reflect.get(exports, name) as Anything, args, name);
      });
    }
  }

  it('is accepted or refused by a Lot', async () => {
    await everyPlace((options) => new Lot(options as never).dispose(), [{}], 'a Lot');
    const lot = new Lot({ seed: 1 });
    for (const [method, args] of Object.entries({
      ask: [0, question],
      hangup: [0, call],
      advance: [0],
      takeEvents: [0],
      nextDeadline: [0],
      stalls: [0],
    })) {
      const use: Anything = (...given) => (Reflect.get(lot, method) as Anything).apply(lot, given);
      await everyPlace(use, args, method);
    }
    lot.dispose();
  });

  it('is accepted or refused by a ValetError', async () => {
    const make: Anything = (trouble, options) => new ValetError(trouble as never, options as never);
    await everyPlace(make, [{ message: 'x' }, {}], 'a ValetError');
  });

  it('is accepted or refused by `open`, in each option', async () => {
    const open = async (options: unknown): Promise<void> => {
      (await ValetPark.open(options as never)).dispose();
      await settled();
    };
    const own = { baseUrl: '/', extension: '34414', fetch: () => new Promise(() => {}) };
    await everyPlace(open, [own], 'open');
    const names = ['baseUrl', 'extension', 'headers', 'dialect', 'patienceMs', 'feed', 'asking'];
    for (const name of [...names, 'askWithParked', 'tabs', 'timeoutMs', 'fetch', 'clock']) {
      await everyPlace((value) => open({ ...own, [name]: value }), [null], `open, ${name},`);
    }
  });

  it.each([
    ['park', [call, {}]],
    ['bridge', [call, {}]],
    ['inspect', [5, {}]],
    ['freeSlots', [{}]],
    ['refresh', [{}]],
    ['track', ['EventType=answer']],
    ['whereIs', [call]],
    ['getSnapshot', [{}]],
    ['getServerSnapshot', [{}]],
    ['subscribe', [() => {}]],
    ['on', ['change', () => {}, {}]],
    ['remaining', [5]],
  ])('is accepted or refused by %s', async (method, args) => {
    const { panel, pbx } = await opened({ asking: 'off' });
    const use: Anything = (...given) => {
      const result = (Reflect.get(panel, method) as Anything).apply(panel, given);
      // A command that was accepted may not have ended yet. Its result does not matter here.
      if (!(result instanceof Promise)) return result;
      return Promise.race([result, settled()]);
    };
    await everyPlace(use, args, method);
    await expect(
      panel.refresh().catch((thrown: unknown) => isValetError(thrown)),
    ).resolves.toBeTruthy();
    expect(pbx.arrived.length).toBeLessThan(2_000);
  });

  it('is no ValetError', () => {
    for (const [name, value] of Object.entries(odd)) expect(isValetError(value), name).toBe(false);
  });
});
