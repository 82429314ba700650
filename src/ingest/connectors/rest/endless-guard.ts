import { AssayError } from '../../../errors.js';
import { hashHex } from '../../../hash.js';
import { shown } from '../../transport/index.js';

/**
 * Stops a pagination that does not end: an address that was asked before (a cursor that comes again), a page with the same
 * items as an earlier one (a parameter that the server ignores), or more pages than allowed.
 */
export class EndlessGuard {
  pages = 0;
  readonly #maxPages: number;
  readonly #addresses = new Set<string>();
  readonly #contents = new Map<string, number>();

  constructor(maxPages: number) {
    this.#maxPages = maxPages;
  }

  /** Counts a request and gives its name for messages. @throws AssayError SOURCE_MALFORMED */
  visit(url: URL): string {
    const name = `${shown(url)} (page ${this.pages + 1})`;
    const address = hashHex(url.href);
    if (this.#addresses.has(address))
      throw new AssayError('SOURCE_MALFORMED', `endless pagination: ${name} was already read in this pull`);
    if (this.pages >= this.#maxPages)
      throw new AssayError('SOURCE_MALFORMED', `endless pagination: more than max_pages (${this.#maxPages}) pages`);
    this.#addresses.add(address);
    this.pages++;
    return name;
  }

  /** @throws AssayError SOURCE_MALFORMED when an earlier page had the same items. */
  see(fingerprint: string | undefined, name: string): void {
    if (fingerprint === undefined) return;
    const earlier = this.#contents.get(fingerprint);
    if (earlier !== undefined)
      throw new AssayError('SOURCE_MALFORMED', `endless pagination: ${name} has the same items as page ${earlier}`);
    this.#contents.set(fingerprint, this.pages);
  }
}
