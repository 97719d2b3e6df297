import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ConfigError } from './config-error.ts';

/** Asks a person, or reads the answers from a pipe. */
export interface Prompt {
  print(text: string): void;
  /** Returns the answer without white space at its ends. `isSecret`: the terminal does not show it. */
  ask(question: string, isSecret?: boolean): Promise<string>;
  close(): void;
}

/** Opens a prompt on the terminal of the process. */
export function openPrompt(): Prompt {
  let isMuted = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isMuted) process.stdout.write(chunk);
      done();
    },
  });
  const terminal = process.stdin.isTTY;
  const reader = createInterface({ input: process.stdin, output, terminal });
  const lines = reader[Symbol.asyncIterator]();
  return {
    print: (text) => void process.stdout.write(text),
    async ask(question, isSecret = false) {
      process.stdout.write(question);
      isMuted = isSecret;
      const next = await lines.next();
      isMuted = false;
      if (isSecret || !terminal) process.stdout.write('\n');
      if (next.done === true)
        throw new ConfigError('the input ended before all questions were answered');
      return next.value.trim();
    },
    close: () => reader.close(),
  };
}
