import { BlockList, isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Finds the network address of a client, also behind proxies. */
export class ClientAddresses {
  readonly #proxies = new BlockList();

  /**
   * `proxies` are addresses such as `127.0.0.1` or `10.0.0.0/8`. `X-Forwarded-For` counts only if
   * such a proxy sends it.
   *
   * @throws RangeError if a text is no address.
   */
  constructor(proxies: readonly string[]) {
    for (const proxy of proxies) {
      const [address = '', length] = proxy.split('/');
      const version = isIP(address);
      const bits = version === 6 ? 128 : 32;
      const prefix = length === undefined ? bits : Number(length);
      if (version === 0 || !(prefix <= bits)) {
        throw new RangeError(
          `a proxy is an address such as 127.0.0.1 or 10.0.0.0/8, not \`${proxy}\``,
        );
      }
      this.#proxies.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
    }
  }

  /** Returns the address of the client. Empty if the server does not know it. */
  of(c: Context): string {
    const { incoming } = c.env as Partial<HttpBindings>;
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
    let address = plain(incoming?.socket.remoteAddress ?? '');
    while (this.#isProxy(address)) {
      const next = hops.pop();
      if (next === undefined || isIP(plain(next)) === 0) break;
      address = plain(next);
    }
    return address;
  }

  #isProxy(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#proxies.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }
}

/** Returns an IPv4 address that is written as IPv6 in its usual form. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}
