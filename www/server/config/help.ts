import { DEFAULT_FILE } from './read.ts';
import { SETTING_NAMES, SETTINGS, type Setting, type SettingName } from './settings.ts';

/** Returns the text of `valet-park --help`. */
export function helpText(): string {
  return `Usage: valet-park [options]
       valet-park init
       valet-park --check
       valet-park pair <code> --extension <id> --name <name>
       valet-park token add --extension <id> --name <name>
       valet-park token list
       valet-park token revoke <id or name>
       valet-park forget <number>

Without a real switch, valet-park runs a simulated telephone switch with a parking lot: the
valet_park resource over HTTP, a feed of call events, and a page on which calls can be made.

With a real switch (--upstream, or --freeswitch), valet-park is a relay: it keeps the secret, asks the
switch once for all panels, and lets only paired panels in. On your own FreeSWITCH it also gives the
valet_park resource, which FreeSWITCH does not have.

From nothing to a paired panel:

  1. valet-park init      asks for the address of the switch, the client id, the extensions and the
                          file with the client secret, tries them, and writes ${DEFAULT_FILE}
  2. valet-park           starts the relay in the folder of that file, and prints its address
  3. open the address in the browser of the reception: the page shows a code of eight letters
  4. valet-park pair BCDF-GHJK --extension 34414 --name Reception
                          in another terminal in the same folder: the page shows the parking lot

If you start valet-park with npx, write npx valet-park in place of valet-park.

Every option is also a variable (--client-id is VALET_PARK_CLIENT_ID) and a line of the file
(client-id = "…"). An option overrules a variable, and a variable overrules the file. The client
secret is a file (--client-secret-file) or the variable VALET_PARK_CLIENT_SECRET. The password of
FreeSWITCH is a file (--freeswitch-password-file) or the variable VALET_PARK_FREESWITCH_PASSWORD.

Options of both:
${optionLines('both')}
${line('--config <file>', `the configuration file (default ./${DEFAULT_FILE}, if there is one)`)}
${line('--help', 'print this text')}

Options of the simulated switch:
${optionLines('switch')}

Options of the relay:
${optionLines('relay')}
${line('--check', 'try the settings, change nothing, and say what was found and what is missing')}

Options of a relay on a hosted switch:
${optionLines('hosted')}

Options of a relay on FreeSWITCH:
${optionLines('freeswitch')}

Several lots in one relay: write a table [[lot]] for each into ${DEFAULT_FILE}, or a file for each into
the folder of the setting lots. The relay reads them again when the folder changes, and at SIGHUP.
${line('--lot <name>', 'the lot for pair, token, forget, --check and --unsubscribe')}

Options of pair and token add:
${line('--extension <id>', 'an extension that the panel may use, or all; can be repeated')}
${line('--name <name>', 'the name of the panel, for lists')}
${line('--expires <time>', 'how long the token is valid, as 90d, 12h or 30m (default: until revoked)')}
${line('--look-only', 'the panel shows the lot, and can neither park nor bridge')}

Exit codes: 0 done; 1 failed, for example no connection; 2 wrong command line or settings;
3 the switch refuses the client id and the secret; 4 the switch refuses an extension.
`;
}

function optionLines(of: Setting['of']): string {
  return SETTING_NAMES.filter((name) => SETTINGS[name].of === of)
    .map(optionLine)
    .join('\n');
}

function optionLine(name: SettingName): string {
  const { placeholder, help } = SETTINGS[name];
  return line(`--${name} ${placeholder}`.trim(), help);
}

/** Returns an option and its description. The description starts in one column on all lines. */
function line(option: string, text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const indent = ' '.repeat(COLUMN);
  const head = `  ${option} `;
  const first = head.length <= COLUMN ? head.padEnd(COLUMN) : `${head.trimEnd()}\n${indent}`;
  return first + lines.join(`\n${indent}`);
}

const COLUMN = 21;
const WIDTH = 78;
