import type { RunningSwitch } from 'valet-park/server';

/** A command as the switch carried it out. */
export interface Executed {
  readonly action: string;
  readonly status: number;
}

/** The commands that the switch carried out so far, as its feed tells them. */
export async function executedBy(pbx: RunningSwitch): Promise<Executed[]> {
  const headers = { authorization: `Bearer ${pbx.token}` };
  // A question by a call that nothing else uses marks the end of what there is to read.
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

/** Everything that the feed remembers, up to the block that begins with `last`. */
async function feedUntil(last: string, url: string, headers: Record<string, string>) {
  const feed = await fetch(`${url}/feed?extension=34415`, { headers });
  const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    text += part.value;
    const blocks = text.split('\n\n').slice(0, -1); // The last one may still be coming.
    if (!blocks.some((block) => block.startsWith(`${last}\n`))) continue;
    await reader?.cancel();
    return blocks;
  }
  throw new Error(`expected the feed to tell of ${last}, found its end`);
}

function isAsked(block: string): boolean {
  return block.includes('\nevent: asked\n');
}

function readAsked(block: string): Executed {
  const data = new URLSearchParams(/^data: (.*)$/m.exec(block)?.[1]);
  const { action } = JSON.parse(data.get('body') ?? '');
  return { action, status: Number(data.get('status')) };
}
