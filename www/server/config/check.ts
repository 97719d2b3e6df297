import { isValetError, readAnswer, type Answer, type Question } from 'valet-park';
import { readCallList } from 'valet-park/lot';
import * as v from 'valibot';
import { currentCallsPath } from '../relay/current-calls.ts';
import { createUpstream, type BudgetView, type Upstream } from '../relay/upstream.ts';
import type { RelaySettings } from './relay-settings.ts';

/** The result of a check: the exit code of the program, and sentences for the administrator. */
export interface CheckResult {
  /** 0: all is well; 1: no connection; 3: no token; 4: the switch refuses an extension. */
  readonly code: 0 | 1 | 3 | 4;
  readonly lines: readonly string[];
}

/** The options of a check. */
export interface CheckOptions extends RelaySettings {
  readonly fetch?: typeof globalThis.fetch;
  /** Returns a time in ms that never runs backwards. */
  readonly now?: () => number;
}

/**
 * Tries the settings: fetches a token, asks for the live calls of each extension, and, if there is a
 * live call, for the free slots. None of these requests changes anything at the switch.
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { url, clientId, clientSecret, extensions, pickUp } = options;
  const { now = () => performance.now(), fetch = globalThis.fetch } = options;
  // A free list is asked for in the classic dialect. The other dialect has none.
  const upstream = createUpstream({ url, clientId, clientSecret, now, fetch });
  const lines: string[] = [];
  let code: CheckResult['code'] = 0;
  let asker: Pick<Question, 'extension' | 'call'> | null = null;
  for (const extension of extensions) {
    const reply = await upstream.send('GET', currentCallsPath(extension));
    if (!upstream.isAuthorized) {
      const isRefused = reply.status === 502;
      return { code: isRefused ? 3 : 1, lines: [...lines, `Failed: ${messageOf(reply.body)}.`] };
    }
    if (lines.length === 0)
      lines.push(`The switch at ${url} gives a token for client ${clientId}.`);
    if (reply.status !== 200) {
      lines.push(`Extension ${extension}: ${problemOf(reply.status, reply.body)}`);
      code = reply.status === 403 || reply.status === 404 ? 4 : code || 1;
      continue;
    }
    const calls = readCallList(reply.body, extension) ?? [];
    lines.push(`Extension ${extension}: ${countOf(calls.length)} now.`);
    const [first] = calls;
    if (first !== undefined) asker ??= { extension, call: first.call };
  }
  if (pickUp !== undefined) {
    const found = await checkPickUp(upstream, pickUp, extensions);
    lines.push(...found.lines);
    code ||= found.code;
  }
  lines.push(await describeList(upstream, asker), describeBudget(upstream.budget, now()));
  return { code, lines };
}

/** Checks the extension that answers by itself, and the numbers of all extensions. */
async function checkPickUp(
  upstream: Upstream,
  { extension, numbers }: NonNullable<RelaySettings['pickUp']>,
  extensions: readonly string[],
): Promise<CheckResult> {
  const reply = await upstream.send('GET', currentCallsPath(extension));
  if (reply.status !== 200) {
    const line = `Extension ${extension}, for pick-ups: ${problemOf(reply.status, reply.body)}`;
    return { code: reply.status === 403 || reply.status === 404 ? 4 : 1, lines: [line] };
  }
  const missing = extensions.filter((id) => numbers[id] === undefined);
  const lines = [
    `Extension ${extension}, for pick-ups: it exists. Call ${numbers[extension]} to hear whether it ` +
      'answers by itself.',
  ];
  if (missing.length > 0) {
    lines.push(
      `Numbers: those of ${missing.join(', ')} are missing, so these extensions can pick up only after ` +
        'a call event has named their number. Add them to numbers.',
    );
  }
  return { code: 0, lines };
}

/** Asks for the free slots, and says in which dialect the switch answers. */
async function describeList(
  upstream: Upstream,
  asker: Pick<Question, 'extension' | 'call'> | null,
): Promise<string> {
  if (asker === null) {
    return 'Dialect: not known, because it takes a live call to ask. Make a call, and check again.';
  }
  const question: Question = { ...asker, action: 'slots' };
  const { status, body, headers } = await upstream.ask(question, 'look');
  let answer: Answer;
  try {
    answer = readAnswer(question, status, body, headers);
  } catch (error) {
    if (!isValetError(error)) throw error;
    return `Dialect: not known, because the answer cannot be read (status ${status}).`;
  }
  if (answer.kind === 'free') {
    const { length } = answer.slots;
    return `Dialect: classic. The switch lists its free slots, now ${length}.`;
  }
  if (answer.kind === 'refused' && answer.code === 'bad-request') {
    return (
      'Dialect: current. The switch has no list of free slots, so the relay asks slot by slot. Set ' +
      'dialect = "current".'
    );
  }
  return `Dialect: not known, because the switch answered with status ${status}.`;
}

/** Describes the budget in plain words. */
function describeBudget({ limit, remaining, resetsAt }: BudgetView, now: number): string {
  if (limit === null && remaining === null) return 'Budget: the switch reports no hourly limit.';
  const most = limit === null ? 'an unknown number of' : String(limit);
  const rest = remaining === null ? 'an unknown number' : String(remaining);
  const minutes = resetsAt === null ? null : Math.max(Math.ceil((resetsAt - now) / 60_000), 1);
  const time = minutes === null ? 'of this hour' : `for the next ${minutes} minutes`;
  return `Budget: ${most} requests an hour, for all applications of the customer; ${rest} remain ${time}.`;
}

function problemOf(status: number, body: string): string {
  if (status === 403) return 'the switch refuses this extension for this client id (status 403).';
  if (status === 404) return 'the switch has no such extension (status 404); use its numeric id.';
  return `status ${status}, ${messageOf(body)}.`;
}

function messageOf(body: string): string {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), MESSAGE), body);
  return success ? output.message.slice(0, 200) : 'no message';
}

function countOf(calls: number): string {
  return calls === 0 ? 'no call' : `${calls} ${calls === 1 ? 'call' : 'calls'}`;
}

const MESSAGE = v.object({ message: v.string() });
