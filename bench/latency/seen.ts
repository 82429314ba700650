import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Listing } from '../servers/feeds.js';

/** Milliseconds since the pull began. */
export interface Seen {
  /** When the record was in `raw`. */
  raw: number;
  lookup: number;
  search: number;
}

const LOOKUP_MS = 5;
const SEARCH_MS = 10;
const PATIENCE_MS = 60_000;

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** A lookup answers with the values, a search with what it shows of them. */
interface Product {
  price?: number;
  values?: { price?: { amount: number } };
}

function ask(url: string): Promise<{ items: Product[] }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => {
        text += String(chunk);
      });
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(text) as { items: Product[] });
        else reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
      });
    }).on('error', reject);
  });
}

/** Makes the change, and asks for it until both lookup and search show its price. @throws Error after a minute */
export async function whenSeen(address: string, listing: Listing, change: () => Promise<unknown>): Promise<Seen> {
  const price = Number(listing.price);
  const shows = ({ items }: { items: Product[] }): boolean =>
    items.some((item) => (item.values?.price?.amount ?? item.price) === price);
  const lookup = `${address}/v1/products?source=${listing.source}&id=${listing.id}`;
  const search = `${address}/v1/search?q=${encodeURIComponent(`${listing.brand} ${listing.model}`)}&limit=5&facets=none`;
  const started = performance.now();
  const until = async (url: string, everyMs: number): Promise<number> => {
    for (;;) {
      if (shows(await ask(url))) return performance.now() - started;
      if (performance.now() - started > PATIENCE_MS) throw new Error(`${url} does not show the price of ${price}`);
      await sleep(everyMs);
    }
  };
  const [raw, inLookup, inSearch] = await Promise.all([
    change().then(() => performance.now() - started),
    until(lookup, LOOKUP_MS),
    until(search, SEARCH_MS),
  ]);
  return { raw, lookup: inLookup, search: inSearch };
}
