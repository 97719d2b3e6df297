import type { Dialect } from 'valet-park';
import { writeAnswer } from 'valet-park/lot';
import type { Upstream, UpstreamReply } from '../relay/upstream.ts';
import { entriesOf } from './current-calls.ts';
import type { FreeswitchDriver } from './driver.ts';

/** Answers the questions of a relay from a lot on FreeSWITCH, as a hosted API does. */
export function engineUpstream(driver: FreeswitchDriver, dialect: Dialect): Upstream {
  return {
    ask: async (question) => writeAnswer(await driver.ask(question), dialect),
    async send(method, path) {
      const [, extension] = /^\/extension\/(\d+)\/current_calls\/?$/.exec(path) ?? [];
      if (method !== 'GET' || extension === undefined) return reply(404, { message: 'Not found' });
      if (driver.problem !== null) return reply(503, { message: driver.problem });
      return reply(200, { call_list: entriesOf(driver.state.calls, extension) });
    },
    budget: { limit: null, remaining: null, resetsAt: null },
    get isAuthorized() {
      return driver.isReady;
    },
    authorize: async () => {},
  };
}

function reply(status: number, body: object): UpstreamReply {
  const headers = { 'Content-Type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}
