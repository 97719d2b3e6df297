/** Values of every kind that JavaScript can pass by mistake. */

const revoked = Proxy.revocable({}, {});
revoked.revoke();

const refuse = (): never => {
  throw new Error('not to be read');
};

/** The values by name, so that a table can list the right ones for each argument. */
export const odd = {
  undefined: undefined,
  null: null,
  true: true,
  zero: 0,
  'a number': 5,
  NaN: NaN,
  Infinity: Infinity,
  'a negative number': -1,
  'a fraction': 1.5,
  'a huge number': 2 ** 53,
  'a bigint': 1n,
  'a symbol': Symbol('34414'),
  'a function': () => '34414',
  'an empty object': {},
  'a frozen object': Object.freeze({ a: 1 }),
  'an object without a prototype': Object.create(null) as object,
  'an array': ['34414'],
  'a Map': new Map([['slots', 3]]),
  'a Date': new Date(0),
  'a boxed text': new String('34414'),
  'a boxed number': new Number(5),
  'an object that turns into a text': { toString: () => '34414', valueOf: () => 5 },
  'a proxy': new Proxy({}, {}),
  'a revoked proxy': revoked.proxy,
  'a proxy that refuses': new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse }),
  'an empty text': '',
  'a text': 'no such thing',
  'a text with a break': 'one\ntwo',
  'a lone surrogate': '\ud800',
  'a huge text': 'x'.repeat(1_000_000),
} as const;

export type Odd = keyof typeof odd;

/** The values that count as an object without fields. */
export const bareObjects = [
  'undefined',
  'null',
  'an empty object',
  'a frozen object',
  'an object without a prototype',
  'an array',
  'a Map',
  'a Date',
  'a boxed text',
  'a boxed number',
  'an object that turns into a text',
  'a proxy',
] as const satisfies readonly Odd[];

export const nothing = ['undefined', 'null'] as const satisfies readonly Odd[];

export const texts = [
  'an empty text',
  'a text',
  'a text with a break',
  'a lone surrogate',
  'a huge text',
] as const satisfies readonly Odd[];
