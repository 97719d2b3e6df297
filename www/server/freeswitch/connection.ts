import { createConnection, type Socket } from 'node:net';
import { reasonOf } from '../relay/upstream-error.ts';
import { EngineError } from './engine-error.ts';
import { type EngineEvent, MessageReader, readEvent, type SocketMessage } from './protocol.ts';

/** How FreeSWITCH is reached. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  /** How long the connection, and each answer, may take, in ms. Default 3,000. */
  readonly timeoutMs?: number;
}

/** Gets the events of a connection, and its end. */
export interface ConnectionListener {
  /** An event came. */
  event?(event: EngineEvent): void;
  /** The connection is closed. This is called once, after all commands without an answer are rejected. */
  closed?(error: EngineError): void;
}

interface Request {
  readonly resolve: (message: SocketMessage) => void;
  readonly reject: (error: EngineError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * One connection to the event socket of FreeSWITCH, after the password was accepted.
 *
 * An answer does not say which command it belongs to: FreeSWITCH answers in the order of the commands.
 * So the connection is closed if an answer is missing. Otherwise the next command would get the late
 * answer.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #listener: ConnectionListener;
  readonly #timeoutMs: number;
  readonly #reader = new MessageReader();
  /** The commands without an answer, oldest first. */
  readonly #requests: Request[] = [];
  #isAuthorized = false;
  #failure: EngineError | null = null;

  private constructor(socket: Socket, listener: ConnectionListener, timeoutMs: number) {
    this.#socket = socket;
    this.#listener = listener;
    this.#timeoutMs = timeoutMs;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => {
      const message = `the connection to FreeSWITCH broke: ${reasonOf(error)}`;
      this.#fail(new EngineError('no-answer', message, error));
    });
    socket.on('close', () => {
      this.#fail(new EngineError('no-answer', 'FreeSWITCH closed the connection'));
    });
  }

  /**
   * Connects and sends the password.
   *
   * @throws EngineError `unreachable` or `refused`.
   */
  static async open(
    options: ConnectionOptions,
    listener: ConnectionListener = {},
  ): Promise<Connection> {
    const { host, port, password, timeoutMs = 3_000 } = options;
    checkLine(password);
    const socket = createConnection({ host, port });
    const connection = new Connection(socket, listener, timeoutMs);
    try {
      await connection.#authorize(password);
      return connection;
    } catch (error) {
      socket.destroy();
      if (error instanceof EngineError && error.code === 'refused') throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `FreeSWITCH cannot be reached at ${host}:${port}: ${reason}`;
      throw new EngineError('unreachable', message, error);
    }
  }

  /** True while commands can be sent. */
  get isOpen(): boolean {
    return this.#failure === null;
  }

  /**
   * Executes a command of the API, as `valet_info`. Resolves to its output without the line feeds at the
   * end. An output that begins with `-` is an error of the command.
   *
   * @throws EngineError `unreachable`, `no-answer` or `failed`.
   */
  async api(command: string): Promise<string> {
    const { headers, body } = await this.#request(`api ${command}`);
    // A command that is not allowed is answered without a body.
    const output = (body || (headers['Reply-Text'] ?? '')).trimEnd();
    if (output.startsWith('-')) throw new EngineError('failed', output);
    return output;
  }

  /**
   * Sends a command of the event socket, as `event plain HEARTBEAT`. Resolves to its reply.
   *
   * @throws EngineError `unreachable`, `no-answer` or `failed`.
   */
  async send(command: string): Promise<string> {
    const { headers } = await this.#request(command);
    const reply = headers['Reply-Text'] ?? '';
    if (!reply.startsWith('+OK')) throw new EngineError('failed', reply);
    return reply;
  }

  /** Closes the connection. Idempotent. */
  close(): void {
    this.#fail(new EngineError('no-answer', 'the connection was closed'));
  }

  #request(command: string): Promise<SocketMessage> {
    checkLine(command);
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        const message = this.#failure.message;
        return reject(new EngineError('unreachable', message, this.#failure));
      }
      this.#expect({ resolve, reject });
      this.#socket.write(`${command}\n\n`);
    });
  }

  /** Waits for one more answer. */
  #expect(request: Omit<Request, 'timer'>): void {
    const timer = setTimeout(() => {
      const message = `FreeSWITCH gave no answer in ${this.#timeoutMs} ms`;
      this.#fail(new EngineError('no-answer', message));
    }, this.#timeoutMs);
    this.#requests.push({ ...request, timer });
  }

  async #authorize(password: string): Promise<void> {
    await new Promise((resolve, reject) => this.#expect({ resolve, reject })); // `auth/request`.
    const { headers } = await this.#request(`auth ${password}`);
    if (headers['Reply-Text']?.startsWith('+OK') !== true) {
      throw new EngineError('refused', 'FreeSWITCH does not accept the password');
    }
    this.#isAuthorized = true;
  }

  #take(bytes: Buffer): void {
    try {
      for (const message of this.#reader.push(bytes)) this.#receive(message);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(new EngineError('no-answer', `this is no event socket: ${reason}`, error));
    }
  }

  #receive(message: SocketMessage): void {
    if (this.#failure !== null) return;
    switch (message.headers['Content-Type'] ?? '') {
      case 'auth/request':
      case 'command/reply':
      case 'api/response':
        return this.#answer(message);
      case 'text/event-plain':
        if (this.#isAuthorized) this.#listener.event?.(readEvent(message.body));
        return;
      case 'text/rude-rejection': {
        const text =
          'FreeSWITCH refuses this machine: see `apply-inbound-acl` in event_socket.conf.xml';
        return this.#fail(new EngineError('refused', text));
      }
      case 'text/disconnect-notice':
        return this.#fail(new EngineError('no-answer', 'FreeSWITCH ended the connection'));
      default:
        return; // For example a line of the log.
    }
  }

  #answer(message: SocketMessage): void {
    const request = this.#requests.shift();
    if (request === undefined) return;
    clearTimeout(request.timer);
    request.resolve(message);
  }

  #fail(error: EngineError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#socket.destroy();
    for (const { reject, timer } of this.#requests.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
    if (this.#isAuthorized) this.#listener.closed?.(error);
  }
}

/** @throws RangeError if a text has a line feed: it would begin another command. */
function checkLine(text: string): void {
  if (/[\r\n\0]/.test(text)) throw new RangeError('a command of FreeSWITCH is one line');
}
