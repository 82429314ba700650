import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AssayError } from '../../errors.js';

/** Public addresses that belong to a cloud's own machinery all the same. */
const METADATA = new Set(['168.63.129.16']);

/**
 * Whether an address is one on the public internet. Everything else (private, loopback, link-local, unique local,
 * carrier-grade, multicast, reserved, and addresses that carry an IPv4 address inside) is refused to sources.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // Turns an IPv4-mapped IPv6 address into the IPv4 address that is dialled.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !METADATA.has(parsed.toString());
}

/** Keeps connections away from addresses that are not `allowed`. */
export class AddressGuard {
  readonly #allowed: (address: string) => boolean;

  constructor(allowed: (address: string) => boolean = isPublicAddress) {
    this.#allowed = allowed;
  }

  /** For every hop: a host that is an address is never looked up. @throws AssayError SOURCE_REFUSED */
  check(url: URL): void {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !this.#allowed(host)) throw refusal(host, host);
  }

  /**
   * Name lookup that refuses a name when any of its addresses is refused. It runs when the connection is made, on the very
   * addresses that are dialled, so a name cannot change between check and use.
   */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, []);
        return;
      }
      const bad = addresses.find(({ address }) => !this.#allowed(address));
      if (bad) callback(refusal(hostname, bad.address) as NodeJS.ErrnoException, []);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function refusal(host: string, address: string): AssayError {
  const what = host === address ? address : `${host} (${address})`;
  return new AssayError(
    'SOURCE_REFUSED',
    `${what} is not a public address; set allow_private: true in the source's connector if it is meant`,
  );
}
