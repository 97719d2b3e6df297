import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';

/** Thrown if a receiver has no public address. */
export class PrivateAddress extends Error {
  readonly code = 'PRIVATE_ADDRESS';

  constructor() {
    super('the receiver has a private address');
    this.name = 'PrivateAddress';
  }
}

/** True for an address that every machine of the Internet can reach. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !PRIVATE.check(address, 'ipv4');
  // Only this part of IPv6 is given out. Mapped and translated IPv4 addresses are outside.
  return version === 6 && GLOBAL.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6');
}

type Found = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * Finds the addresses of a name, as `dns.lookup` does, and leaves out the private ones.
 *
 * Node connects to what this function returns. So a name cannot change its address between the check
 * and the connection.
 */
export function lookUpPublic(name: string, options: LookupOptions, found: Found): void {
  lookUp(name, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return found(error, []);
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (first === undefined) return found(new PrivateAddress(), []);
    if (options.all === true) return found(null, allowed);
    found(null, first.address, first.family);
  });
}

const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');

const PRIVATE = new BlockList();
for (const subnet of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // Shared by the customers of a provider.
  '127.0.0.0/8',
  '169.254.0.0/16', // Also the metadata of cloud machines.
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23', // Teredo and other special purposes.
  '2001:db8::/32',
  '2002::/16', // Contains an IPv4 address.
  '3fff::/20',
]) {
  const [address = '', prefix] = subnet.split('/');
  PRIVATE.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
