import type { RunningSwitch } from 'valet-park/server';

/** A command that the switch has carried out. */
export interface Executed {
  readonly action: string;
  readonly status: number;
}

/** Returns the commands that the switch has carried out so far, read from its feed. */
export async function executedBy(pbx: RunningSwitch): Promise<Executed[]> {
  const headers = { authorization: `Bearer ${pbx.token}` };
  // A question with a call that no test uses marks the end of the feed.
  const { call } = pbx.exchange.ring('34415', '000');
  const question = await fetch(`${pbx.url}/api/ver1.0/extension/34415/valet_park/${call}`, {
    method: 'PUT',
    headers,
    body: '{"action":"slots"}',
  });
  const last = `id: ${question.headers.get('x-feed-id')}`;
  const blocks = await feedUntil(last, pbx.url, { ...headers, 'last-event-id': '1' });
  return blocks
    .filter(isAsked)
    .map(readAsked)
    .filter(({ action }) => action !== 'slots');
}

/** Reads the feed up to the block that begins with `last`. */
async function feedUntil(last: string, url: string, headers: Record<string, string>) {
  const feed = await fetch(`${url}/feed?extension=34415`, { headers });
  const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    text += part.value;
    const blocks = text.split('\n\n').slice(0, -1); // The last block may be incomplete.
    if (!blocks.some((block) => block.startsWith(`${last}\n`))) continue;
    await reader?.cancel();
    return blocks;
  }
  throw new Error(`expected the feed to contain ${last}, found its end`);
}

function isAsked(block: string): boolean {
  return block.includes('\nevent: asked\n');
}

function readAsked(block: string): Executed {
  const data = new URLSearchParams(/^data: (.*)$/m.exec(block)?.[1]);
  const { action } = JSON.parse(data.get('body') ?? '');
  return { action, status: Number(data.get('status')) };
}
