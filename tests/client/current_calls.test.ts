// Goal: the client learns the live calls from the switch, and never loses a newer event to the list.
// Method: a fake `fetch` returns lists, late answers and refusals.

import { ValetPark, type ValetParkOptions } from 'valet-park';
import { expect, it, onTestFinished } from 'vitest';
import { FakeClock } from './clock.ts';
import { ann, bob, event, extension, rejection, settled } from './host.ts';
import { base } from './switch.ts';

const entry = (call: string, answered: string | null = null) => ({
  call_api_id: call,
  call_flow: 'in',
  caller_id_number: '+79161112233',
  caller_id_name: 'Anna',
  init_time_gmt: '2017-08-23 15:57:56,60',
  answer_time_gmt: answered,
});

/** Opens a client whose switch answers each request with the next of `answers`. */
async function opened(answers: (() => Response | Promise<Response>)[], options = {}) {
  const asked: { url: string; method: string | undefined; body: unknown }[] = [];
  const clock = new FakeClock();
  const own: ValetParkOptions = {
    ...{ baseUrl: base, extension, clock, tabs: 'solo' },
    fetch: async (url, init) => {
      asked.push({ url: String(url), method: init?.method, body: init?.body });
      return (answers.shift() ?? (() => new Response('{}', { status: 404 })))();
    },
    ...options,
  };
  const panel = await ValetPark.open(own);
  onTestFinished(() => panel.dispose());
  await settled();
  return { asked, panel };
}

const list =
  (...entries: unknown[]) =>
  () =>
    Response.json({ call_list: entries });
const off = { currentCalls: 'off' };

it('learns the live calls at the start, with one request', async () => {
  const { asked, panel } = await opened([list(entry(ann), entry(bob, '2017-08-23 15:58:01,00'))]);
  expect(asked).toEqual([
    { url: `${base}/extension/${extension}/current_calls/`, method: 'GET', body: undefined },
  ]);
  const calls = panel
    .getSnapshot()
    .calls.map(({ call, state, caller }) => [call, state, caller?.name]);
  expect(calls).toEqual([
    [ann, 'ringing', 'Anna'],
    [bob, 'talking', 'Anna'],
  ]);
});

it.each([[off], [{ feed: '/feed' }], [{ asking: 'off' }]])(
  'asks for no list with %j',
  async (o) => {
    const { asked } = await opened([], o);
    expect(asked.filter(({ url }) => url.includes('current_calls'))).toEqual([]);
  },
);

it('gives up quietly where the switch refuses', async () => {
  const { asked, panel } = await opened([]);
  const troubles: unknown[] = [];
  panel.on('trouble', (trouble) => troubles.push(trouble));
  await settled();
  expect(asked).toHaveLength(1);
  expect(troubles).toEqual([]);
});

it('asks for several extensions with one request each', async () => {
  const { asked } = await opened([list(), list()], { extension: ['34414', '34415'] });
  expect(asked.map(({ url }) => url.split('/').at(-3))).toEqual(['34414', '34415']);
});

it('resolves with the calls, and ends those that are gone', async () => {
  const { panel } = await opened([list(entry(bob))], off);
  panel.track(event('answer', ann));
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect((await panel.loadCalls()).map(({ call }) => call)).toEqual([ann, bob]);
});

it('lets an event that arrives meanwhile win', async () => {
  let answer = (_: Response): void => {};
  const late = new Promise<Response>((resolve) => (answer = resolve));
  const { panel } = await opened([() => late], off);
  panel.track(event('answer', ann));
  const loading = panel.loadCalls();
  await settled();
  panel.track(event('hangup', ann));
  panel.track(event('dial-in', bob));
  answer(list(entry(ann, '2017-08-23 15:58:01,00'))());
  expect((await loading).map(({ call }) => call)).toEqual([bob]);
});

it.each([
  [new Response('{"message":"No such extension"}', { status: 404 }), 'unclear'],
  [new Response('', { status: 401 }), 'unauthorized'],
  [new Response('', { status: 500 }), 'server-error'],
  [new Response('[]'), 'unclear'],
])('rejects if the switch answers %#', async (response, code) => {
  const { panel } = await opened([() => response.clone(), () => response.clone()], off);
  const found = (await rejection(panel.loadCalls())).code;
  if (code === 'unclear') expect(['unclear', 'no-such-extension', 'no-such-call']).toContain(found);
  else expect(found).toBe(code);
});

it('rejects with `aborted` and with `disposed`', async () => {
  const silent = () => new Promise<Response>(() => {});
  const { panel } = await opened([silent, silent], off);
  const stop = new AbortController();
  const first = rejection(panel.loadCalls({ signal: stop.signal }));
  const second = rejection(panel.loadCalls());
  stop.abort();
  expect((await first).code).toBe('aborted');
  panel.dispose();
  expect((await second).code).toBe('disposed');
});
