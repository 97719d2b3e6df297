import { timersOf } from '../../../www/server/relay/timers.ts';
import { type Channel, readVariables } from './stand-in-channel.ts';
import { type EngineHost, StandInEngine } from './stand-in-engine.ts';
import { type FiredEvent, StandInSocket } from './stand-in-socket.ts';

/** A stand-in for FreeSWITCH: its API, and methods that make things happen to callers. */
export class StandIn {
  engine: StandInEngine;
  readonly domain = 'pbx.example';
  /** Happens before a channel is originated. */
  onOriginate: () => Promise<void> = async () => {};

  /** Gets each event at the moment in which it happens. */
  onFire: (event: FiredEvent) => void = () => {};

  readonly #host: EngineHost;

  constructor(host: EngineHost) {
    const fire = (event: FiredEvent) => {
      this.onFire(event);
      host.fire(event);
    };
    this.#host = { ...host, fire };
    this.engine = new StandInEngine(this.#host);
  }

  /** Forgets all calls and the lot. */
  clear(): void {
    for (const channel of this.engine.channels.values()) channel.isUp = false;
    this.engine = new StandInEngine(this.#host);
  }

  /** A caller calls a telephone, which rings. */
  ring(extension: string, number: string, name = number): { caller: Channel; phone: Channel } {
    const { engine } = this;
    const caller = engine.create({ direction: 'inbound', number, name, destination: extension });
    const phone = engine.create({
      ...{ direction: 'outbound', number, name, destination: contactOf(extension) },
      presence: `${extension}@${this.domain}`,
      other: { type: 'originator', channel: caller },
      variables: new Map([['dialed_user', extension]]),
    });
    return { caller, phone };
  }

  /** The telephone that rings is answered. */
  answer(phone: Channel): void {
    const caller = phone.other?.channel;
    this.engine.answer(phone);
    if (caller === undefined) return this.engine.execute(phone, ['park']);
    this.engine.answer(caller);
    if (phone.isUp && caller.isUp) this.engine.connect(caller, phone);
  }

  /** A caller talks with a telephone. Returns the uuid of the caller. */
  talk(extension: string, number = '+79161112233', name = number): string {
    const { caller, phone } = this.ring(extension, number, name);
    this.answer(phone);
    return caller.uuid;
  }

  /** A telephone calls a number, which rings. `presence` is set for another telephone. */
  dial(
    extension: string,
    number: string,
    presence: string | null = null,
  ): { phone: Channel; called: Channel } {
    const { engine } = this;
    const phone = engine.create({
      ...{ direction: 'inbound', number: extension, destination: number },
      presence: `${extension}@${this.domain}`,
      variables: new Map([['user_name', extension]]),
    });
    const called = engine.create({
      ...{ direction: 'outbound', number: extension, destination: number, presence },
      other: { type: 'originator', channel: phone },
    });
    return { phone, called };
  }

  /** A channel hangs up. */
  hangup(uuid: string): void {
    const channel = this.engine.channels.get(uuid);
    if (channel !== undefined) this.engine.hangup(channel);
  }

  /** Answers a command of the API, after what a test wants to happen before. */
  async call(command: string, args: string): Promise<string> {
    if (command === 'originate') await this.onOriginate();
    return this.api(command, args);
  }

  /** Answers a command of the API. */
  api(command: string, args: string): string {
    const { engine } = this;
    const [first = '', ...rest] = args.split(' ');
    const channel = engine.channels.get(first);
    switch (command) {
      case 'valet_info':
        return engine.valet.info(first);
      case 'uuid_exists':
        return String(channel?.isUp === true);
      case 'uuid_kill':
        if (channel?.isUp !== true) return NO_CHANNEL;
        engine.hangup(channel, rest[0]);
        return '+OK\n';
      case 'uuid_transfer':
        return this.#transfer(channel, rest.join(' '));
      case 'uuid_bridge':
        return engine.bridge(channel, engine.channels.get(rest[0] ?? ''))
          ? `+OK ${rest[0]}\n`
          : '-ERR Invalid uuid\n';
      case 'uuid_getvar':
        return channel?.isUp === true
          ? (channel.variables.get(rest[0] ?? '') ?? '_undef_')
          : NO_CHANNEL;
      case 'originate':
        return this.#originate(args);
      case 'show':
        return args === 'channels as json' ? this.#show() : '-USAGE\n';
      case 'global_getvar':
        return first === 'domain' ? this.domain : '';
      default:
        return `-ERR ${command} Command not found!\n`;
    }
  }

  #transfer(channel: Channel | undefined, rest: string): string {
    if (channel?.isUp !== true) return NO_CHANNEL;
    const [destination = '', dialplan = 'XML', context = 'default'] = words(rest);
    this.engine.transfer(channel, destination, dialplan, context);
    return '+OK\n';
  }

  /** `originate {a=1}null/x '&valet_park(lot 5)'` or `originate {a=1}user/1001@pbx.example &park()`. */
  #originate(args: string): string {
    const { variables, rest } = readVariables(args);
    // An argument with a space needs quotation marks.
    const [, endpoint = '', quoted, data = '', application = quoted] =
      /^(\S+) (?:'&(\w+)\((.*)\)'|&(\w+)\(\))$/.exec(rest.trim()) ?? [];
    const uuid = variables.get('origination_uuid') ?? crypto.randomUUID();
    const number = variables.get('origination_caller_id_number') ?? '';
    const name = variables.get('origination_caller_id_name') ?? number;
    const common = { uuid, direction: 'outbound', number, name, variables } as const;
    if (endpoint.startsWith('null/')) {
      const destination = endpoint.slice(5);
      const channel = this.engine.create({ ...common, channelName: endpoint, destination });
      this.engine.answer(channel);
      this.engine.execute(channel, [`${application}:${data}`]);
      return `+OK ${uuid}\n`;
    }
    const [, user, domain] = /^user\/(\d+)@(.+)$/.exec(endpoint) ?? [];
    const isKnown = user !== undefined && domain === this.domain && user !== '999';
    if (!isKnown) return '-ERR USER_NOT_REGISTERED\n';
    const presence = `${user}@${domain}`;
    variables.set('dialed_user', user);
    const shown = name.replace(/^.*:/, ''); // As the engine does for a telephone.
    this.engine.create({ ...common, name: shown, presence, destination: contactOf(user) });
    return `+OK ${uuid}\n`;
  }

  #show(): string {
    const rows = [...this.engine.channels.values()]
      .filter(({ isUp }) => isUp)
      .map((channel) => ({
        uuid: channel.uuid,
        name: channel.channelName,
        direction: channel.direction,
        created_epoch: String(Math.floor(channel.createdAt / 1_000)),
        cid_num: channel.number,
        cid_name: channel.name,
        dest: channel.destination,
        application: channel.stay === null ? '' : 'valet_park',
        presence_id: channel.presence ?? '',
        callstate: channel.isAnswered ? 'ACTIVE' : 'RINGING',
        call_uuid: channel.call,
      }));
    return JSON.stringify({ row_count: rows.length, ...(rows.length > 0 ? { rows } : {}) });
  }
}

/** Returns the user with which a telephone in a browser registers. It is not the extension. */
function contactOf(extension: string): string {
  return `browser-${extension}`;
}

/** A stand-in whose event socket listens. */
export interface RunningStandIn {
  readonly pbx: StandIn;
  readonly socket: StandInSocket;
  /** Ends all calls without an event, as an engine does that is killed, and starts again. */
  readonly restart: () => Promise<void>;
}

/** Starts a stand-in that listens. The caller stops the socket. */
export async function startStandIn(): Promise<RunningStandIn> {
  const socket = new StandInSocket((command, args) => pbx.call(command, args));
  const pbx = new StandIn({
    now: () => Date.now(),
    wakeIn: timersOf(undefined),
    random: () => Math.random(),
    fire: (event) => socket.fire(event),
  });
  await socket.start();
  async function restart(): Promise<void> {
    await socket.stop();
    pbx.clear();
    await socket.start();
  }
  return { pbx, socket, restart };
}

/** Splits at spaces outside of quotation marks, and removes the marks. */
function words(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const NO_CHANNEL = '-ERR No such channel!\n';
