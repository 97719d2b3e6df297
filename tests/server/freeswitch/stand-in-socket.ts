import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** An event that a stand-in fires. The headers are not encoded yet. */
export interface FiredEvent {
  /** The `Event-Name`. */
  readonly name: string;
  /** The subclass of a custom event. */
  readonly subclass?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers a command of the API, at once or later. */
export type Api = (command: string, args: string) => string | Promise<string>;

interface Client {
  readonly socket: Socket;
  isAuthorized: boolean;
  readonly names: Set<string>;
  /** The headers and values of the filters. An event passes if one of them fits. */
  readonly filters: [string, string][];
  /** Settles when the commands so far are answered. FreeSWITCH answers in their order. */
  last: Promise<void>;
}

/** The event socket of a stand-in for FreeSWITCH, with the faults that a socket can have. */
export class StandInSocket {
  readonly password = 'ClueCon';
  /** The commands so far, oldest first. Passwords are left out. */
  readonly commands: string[] = [];
  /** The answer to each new connection is a rejection, as that of an access list. */
  rejects = false;
  readonly #api: Api;
  readonly #clients = new Set<Client>();
  #server: Server | null = null;
  #port = 0;
  #isStalled = false;
  #sequence = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The port. It stays the same over `stop` and `start`. */
  get port(): number {
    return this.#port;
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#clients.size;
  }

  async start(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Closes all connections, and accepts no new ones. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((done) => server.close(done));
    this.cut();
    await closed;
  }

  /** Breaks all connections. New ones are accepted. */
  cut(): void {
    for (const { socket } of this.#clients) socket.resetAndDestroy();
    this.#clients.clear();
  }

  /** Neither reads nor writes, as a process that was stopped. The connections stay open. */
  stall(): void {
    this.#isStalled = true;
    for (const { socket } of this.#clients) socket.pause();
  }

  /** Ends `stall`. What was written meanwhile is lost. */
  resume(): void {
    this.#isStalled = false;
    for (const { socket } of this.#clients) socket.resume();
  }

  /** Sends an event to each connection that has subscribed to it. */
  fire({ name, subclass, headers, body = '' }: FiredEvent): void {
    this.#sequence += 1;
    const all: Record<string, string> = {
      'Event-Name': name,
      ...(subclass === undefined ? {} : { 'Event-Subclass': subclass }),
      'Event-Sequence': String(this.#sequence),
      ...headers,
      ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    };
    const lines = Object.entries(all).map(([key, value]) => `${key}: ${encode(value)}\n`);
    const text = `${lines.join('')}\n${body}`;
    for (const client of this.#clients) {
      if (!client.names.has(subclass ?? name) || !passes(client, all)) continue;
      this.#write(client, 'text/event-plain', text);
    }
  }

  #accept(socket: Socket): void {
    const client: Client = {
      socket,
      isAuthorized: false,
      names: new Set(),
      filters: [],
      last: Promise.resolve(),
    };
    socket.on('error', () => {});
    socket.on('close', () => this.#clients.delete(client));
    if (this.rejects) {
      this.#write(client, 'text/rude-rejection', 'Access Denied, go away.\n');
      return void socket.end();
    }
    this.#clients.add(client);
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('utf8');
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const command = text.slice(0, end).trim();
        text = text.slice(end + 2);
        client.last = client.last.then(() => this.#execute(client, command));
      }
    });
    if (this.#isStalled) return void socket.pause();
    socket.write('Content-Type: auth/request\n\n');
  }

  async #execute(client: Client, line: string): Promise<void> {
    const [verb = '', ...words] = line.split(' ');
    const rest = words.join(' ');
    if (verb === 'auth') {
      client.isAuthorized = rest === this.password;
      const reply = client.isAuthorized ? '+OK accepted' : '-ERR invalid';
      this.#reply(client, reply);
      if (!client.isAuthorized) client.socket.end();
      return;
    }
    if (!client.isAuthorized) return this.#reply(client, '-ERR invalid');
    this.commands.push(line);
    switch (verb) {
      case 'api':
        return this.#write(client, 'api/response', (await this.#call(rest)) || '-ERR no reply\n');
      case 'bgapi':
        return this.#background(client, rest);
      case 'event':
        for (const name of words.slice(1)) client.names.add(name);
        return this.#reply(client, '+OK event listener enabled plain');
      case 'nixevent':
        for (const name of words) client.names.delete(name);
        return this.#reply(client, '+OK events nixed');
      case 'noevents':
        client.names.clear();
        return this.#reply(client, '+OK no longer listening for events');
      case 'filter':
        client.filters.push([words[0] ?? '', words.slice(1).join(' ')]);
        return this.#reply(client, `+OK filter added. [${words[0]}]=[${words[1]}]`);
      case 'linger':
        return this.#reply(client, '-ERR not controlling a session');
      case 'exit':
        this.#reply(client, '+OK bye');
        this.#write(client, 'text/disconnect-notice', 'Disconnected, goodbye.\n');
        return void client.socket.end();
      default:
        return this.#reply(client, '-ERR command not found');
    }
  }

  /** Answers at once. An event tells of the result. */
  #background(client: Client, line: string): void {
    const job = crypto.randomUUID();
    const text = `Reply-Text: +OK Job-UUID: ${job}\nJob-UUID: ${job}\n\n`;
    if (!this.#isStalled) client.socket.write(`Content-Type: command/reply\n${text}`);
    void this.#call(line).then((body) => {
      const [command = '', ...args] = line.split(' ');
      const headers = {
        ...{ 'Job-UUID': job, 'Job-Command': command },
        'Job-Command-Arg': args.join(' '),
      };
      this.fire({ name: 'BACKGROUND_JOB', headers, body });
    });
  }

  async #call(line: string): Promise<string> {
    const [command = '', ...args] = line.split(' ');
    if (command === 'echo') return args.join(' ');
    return this.#api(command, args.join(' '));
  }

  #reply(client: Client, text: string): void {
    if (this.#isStalled) return;
    client.socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n\n`);
  }

  #write({ socket }: Client, type: string, body: string): void {
    if (this.#isStalled || socket.destroyed) return;
    socket.write(`Content-Length: ${Buffer.byteLength(body)}\nContent-Type: ${type}\n\n${body}`);
  }
}

function passes({ filters }: Client, headers: Readonly<Record<string, string>>): boolean {
  return filters.length === 0 || filters.some(([name, value]) => headers[name] === value);
}

/** Encodes a value as FreeSWITCH does. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%(2F|3A|40|2C|3D|3B|24|26)/g, decodeURIComponent);
}
