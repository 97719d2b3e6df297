// The program of every app: the lines of the README, with the address of the switch as a parameter.

/** The option with which a client follows the feed of the switch. */
export const feed = `feed: desk + '/feed?extension=34414',`;

/** The lines that open a client at the switch `desk`. */
export const client = (more = ''): string => `
  const { token } = await fetch(desk + '/play').then((reply) => reply.json());
  const park = await ValetPark.open({
    baseUrl: desk + '/api/ver1.0',
    extension: '34414',
    headers: () => ({ Authorization: 'Bearer ' + token }),
    ${more}
  });
`;

/** The lines after which Anna has rung and was answered. `opening` opens the client. */
const answered = (opening: string): string => `
  const play = (what, body) =>
    fetch(desk + '/play/' + what, { method: 'POST', body: JSON.stringify(body) }).then((r) => r.json());
  ${opening}
  const { call } = await play('ring', { extension: '341', name: 'Anna', number: '+79161112233' });
  await play('answer', { call });
`;

/** Returns the slot in which the call was parked. */
const lines = `
async function story(desk) {
  ${answered(client())}
  const { slot } = await park.park(call, { slot: 6 });
  const { caller } = park.getSnapshot().slots[slot - 1];
  park.dispose();
  return 'parked in ' + slot;
}
`;

/** The same for an app without network: it reads a fixed answer of a switch. */
const offline = `
async function story() {
  await init();
  const question = { extension: '34414', call: '1-2', action: 'park', slot: 6 };
  const { kind, slot } = readAnswer(question, 200, '{"slot":"6","UUID":"2"}');
  return kind + ' in ' + slot;
}
`;

/** A demo without a server. The lot in the page answers. */
const demo = `
async function story() {
  await loadLot();
  const lot = new Lot();
  const park = await ValetPark.open({
    baseUrl: '/api/ver1.0',
    extension: '34414',
    fetch: async (url, { method, body }) => {
      const reply = writeAnswer(lot.ask(Date.now(), readRequest(method, url, body)));
      return new Response(reply.body, reply);
    },
  });
  const { slot } = await park.park('1-37b98fb2-0000-4000-8000-000000000001', { slot: 6 });
  const refused = await park.bridge('1-2', { slot: 7 }).catch((error) => error);
  const mistake = (() => {
    try {
      readRequest('GET', '/', '');
    } catch (error) {
      return error;
    }
  })();
  park.dispose();
  lot.dispose();
  const areOurs = [refused, mistake].every((error) => error instanceof ValetError);
  return areOurs ? 'parked in ' + slot : 'a foreign error';
}
`;

/** A program for a page. It shows its result as the title. */
export const forPage = `import { ValetPark } from 'valet-park';
${lines}
story(new URLSearchParams(location.search).get('desk'))
  .catch((error) => String(error))
  .then((outcome) => (document.title = outcome));
`;

/** The same for a page without a network. */
export const forPageAlone = `import { init, readAnswer } from 'valet-park';
${offline}
story()
  .catch((error) => String(error))
  .then((outcome) => (document.title = outcome));
`;

/** The program of the demo. */
export const forDemo = `import { ValetError, ValetPark } from 'valet-park';
import { init as loadLot, Lot, readRequest, writeAnswer } from 'valet-park/lot';
${demo}
story()
  .catch((error) => String(error))
  .then((outcome) => (document.title = outcome));
`;

/** A module that exports the story. */
export const asModule = `import { ValetPark } from 'valet-park';\nexport ${lines.trim()}\n`;

/** The same for a worker, which sends the result to its page. */
export const aloneAsModule = `import { init, readAnswer } from 'valet-park';\nexport ${offline.trim()}\n`;

/** A program for the command line. Its argument is the address of the switch. */
const print = `story(DESK).then((outcome) => console.log(outcome));\n`;
export const forNode = {
  esm: `import { ValetPark } from 'valet-park';\n${lines}\n${print}`.replace(
    'DESK',
    'process.argv[2]',
  ),
  cjs: `const { ValetPark } = require('valet-park');\n${lines}\n${print}`.replace(
    'DESK',
    'process.argv[2]',
  ),
};

export const html = (script: string): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>…</title><link rel="icon" href="data:,"></head>
  <body>${script}</body>
</html>
`;

/**
 * The module `phone.js` of an app that shows the element. `openPhone` returns a client with an
 * answered call, and presses the button of slot 6. `say` shows the result, which the app reads from
 * the event `parking-parked`.
 */
export const forElement = `import { ValetPark } from 'valet-park';
export async function openPhone() {
  const desk = new URLSearchParams(location.search).get('desk');
  ${answered(client(feed))}
  void press();
  return park;
}

export function say(text) {
  document.title = text;
}

/** @returns {Element | null} */
function find(root, label) {
  for (const element of root.querySelectorAll('*')) {
    if (element.getAttribute('aria-label') === label) return element;
    const found = element.shadowRoot && find(element.shadowRoot, label);
    if (found) return found;
  }
  return null;
}

async function press() {
  for (;;) {
    const button = find(document, 'Park here, slot 6');
    if (button && button.getAttribute('aria-disabled') !== 'true' && !button.disabled) {
      return button.click();
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}
`;
