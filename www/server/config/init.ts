import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { writePrivateFile } from '../access/store.ts';
import { check, type CheckOptions } from './check.ts';
import { ConfigError } from './config-error.ts';
import { program } from './program.ts';
import type { Prompt } from './prompt.ts';
import { DEFAULT_FILE, validate } from './read.ts';
import { readSecretFile } from './secret.ts';
import type { SettingName } from './settings.ts';

/** Where `init` writes, and how it reaches the switch. */
export interface InitOptions extends Pick<CheckOptions, 'fetch'> {
  /** The configuration file. Default: `valet-park.toml` in the working folder. */
  readonly file?: string | undefined;
}

/**
 * Asks for the settings of a relay, tries them, and writes the configuration file.
 *
 * Returns true if the file was written.
 *
 * @throws ConfigError if the input ends early.
 */
export async function init(prompt: Prompt, options: InitOptions = {}): Promise<boolean> {
  const file = resolve(options.file ?? DEFAULT_FILE);
  prompt.print('This sets up a relay between panels and a real switch.\n\n');
  if (existsSync(file) && !(await agrees(prompt, `${file} exists. Replace it?`))) return false;

  const upstream = await askFor(
    prompt,
    'upstream',
    'Address of the switch, as https://pbx.example',
  );
  const clientId = await askFor(prompt, 'client-id', 'Client id that the switch gave you');
  const ids = await askFor(prompt, 'extensions', 'Ids of the extensions, as 34414,34415');
  const secret = await askForSecret(prompt, dirname(file));
  const publicUrl = await askFor(
    prompt,
    'public-url',
    'Address at which the switch reaches this relay, for call events (empty: no events)',
    '',
  );
  const pickUp = publicUrl === '' ? null : await askForPickUp(prompt);
  const extensions = ids.split(',').map((id) => id.trim());

  prompt.print('\nTrying the settings …\n');
  const { code, lines } = await check({
    ...{ url: upstream, clientId, clientSecret: secret.text, extensions },
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  prompt.print(`${lines.join('\n')}\n\n`);
  const isWanted = code === 0 || (await agrees(prompt, 'This does not work yet. Write the file?'));
  if (!isWanted) return false;

  writeFileSync(
    file,
    [
      '# The settings of valet-park. valet-park --help describes all of them.',
      `upstream = ${JSON.stringify(upstream)}`,
      `client-id = ${JSON.stringify(clientId)}`,
      `client-secret-file = ${JSON.stringify(secret.path)}`,
      `extensions = ${JSON.stringify(extensions)}`,
      ...(pickUp === null
        ? []
        : [
            `pickup-extension = ${JSON.stringify(pickUp.extension)}`,
            `numbers = ${JSON.stringify(pickUp.numbers)}`,
          ]),
      ...(publicUrl === ''
        ? []
        : [`public-url = ${JSON.stringify(publicUrl)}`, 'subscribe = true']),
      '',
      '# Names of the extensions, for the panels.',
      '[names]',
      ...extensions.map((id) => `# ${id} = "Reception"`),
      '',
    ].join('\n'),
  );
  prompt.print(`${file} is written. Next:\n\n${NEXT}`);
  return true;
}

/** Asks until the answer is a right value of the setting. An empty answer means `otherwise`. */
async function askFor(
  prompt: Prompt,
  name: SettingName,
  question: string,
  otherwise?: string,
): Promise<string> {
  for (;;) {
    const answer = await prompt.ask(`${question}: `);
    if (answer === '' && otherwise !== undefined) return otherwise;
    try {
      validate(name, { value: answer, origin: 'This' });
      return answer;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      prompt.print(`${error.message}\n`);
    }
  }
}

/** Asks how panels pick up, which needs call events. Null: they cannot. */
async function askForPickUp(
  prompt: Prompt,
): Promise<{ extension: string; numbers: readonly string[] } | null> {
  const extension = await askFor(
    prompt,
    'pickup-extension',
    'Id of an extension that answers by itself, for picking up (empty: no picking up)',
    '',
  );
  if (extension === '') return null;
  const question = `Numbers that people dial for all of them, as 34414=341,${extension}=900`;
  const numbers = await askFor(prompt, 'numbers', question);
  return { extension, numbers: numbers.split(',').map((item) => item.trim()) };
}

/** Asks for the file with the client secret. Creates the file if it does not exist. */
async function askForSecret(
  prompt: Prompt,
  folder: string,
): Promise<{ path: string; text: string }> {
  for (;;) {
    const answer = await prompt.ask('File with the client secret (empty: client-secret): ');
    const file = resolve(folder, answer || 'client-secret');
    try {
      if (!existsSync(file)) {
        const secret = await prompt.ask(
          `${file} does not exist. Type the secret to create it: `,
          true,
        );
        if (secret === '') continue;
        writePrivateFile(file, `${secret}\n`);
      }
      return { path: pathFrom(folder, file), text: readSecretFile(file, 'This') };
    } catch (error) {
      prompt.print(`${(error as Error).message}\n`);
    }
  }
}

/** Returns a relative path for a file below the folder, else the absolute path. */
function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('..') || join(folder, path) !== file ? file : path;
}

async function agrees(prompt: Prompt, question: string): Promise<boolean> {
  return /^(y|yes)$/i.test(await prompt.ask(`${question} (y/N) `));
}

const NEXT = `  1. Start the relay in this folder:
       ${program}
  2. Open the address that it prints, in the browser of the reception.
  3. Let the panel in, with the code that the page shows:
       ${program} pair <code> --extension 34414 --name Reception
`;
