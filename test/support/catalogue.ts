import type { CanonicalProduct } from '../../src/records.js';
import type { CanonicalEvent } from './canonical.js';
import { seeded } from './seeded.js';

export interface Catalogue {
  seed: number;
  /** Records that are there before the snapshot. */
  base: CanonicalEvent[];
  /** What happens then: arrivals, new prices, new titles and codes, withdrawals, returns. */
  changes: CanonicalEvent[];
}

const BRANDS = ['Lumo', 'Acme', 'Norwind', 'Zephyr'];
const NOUNS = ['camera', 'headphones', 'television', 'blender', 'drill'];
const WORDS = ['compact', 'wireless', 'pro', 'digital', 'portable', 'silent', 'smart', 'ultra'];
const COLOURS = ['black', 'white', 'red'];
const SOURCES = ['alpha', 'beta', 'gamma'];

function gtin14(n: number): string {
  const body = String(4_000_000_000_00 + n * 7)
    .padStart(13, '0')
    .slice(0, 13);
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(body[i]) * (i % 2 === 0 ? 3 : 1);
  return body + ((10 - (sum % 10)) % 10);
}

/**
 * A few hundred records of three sources over families of siblings with few words, so that blocks are large, some cross
 * the cap while records arrive, and a change of title or code moves a record from block to block.
 */
export function catalogue(seed: number, products = 90): Catalogue {
  const random = seeded(seed);
  // So that blocks of a model number stay of one size, however many products there are.
  const models = Math.max(40, Math.floor(products / 30));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const describe = (n: number): CanonicalProduct => {
    const family = seeded(seed * 1000 + Math.floor(n / 3));
    const choose = <T>(list: readonly T[]): T => list[Math.floor(family() * list.length)]!;
    const [brand, noun, word] = [choose(BRANDS), choose(NOUNS), choose(WORDS)];
    const model = `${brand.slice(0, 2).toUpperCase()}${100 + (Math.floor(n / 3) % models)}${'ABC'[n % 3]}`;
    const colour = COLOURS[n % 3]!;
    const spoken =
      random() < 0.5 ? `${brand} ${model} ${word} ${noun}` : `${brand} ${noun} ${model} ${pick(WORDS)} ${colour}`;
    return {
      title: spoken,
      brand,
      gtins: random() < 0.5 ? [gtin14(n)] : [],
      internalCodes: [],
      images: [],
      variants: {},
      attributes: {},
      price: { amount: 10 + (n % 50), currency: 'EUR' },
      ...(random() < 0.7 ? { model } : {}),
      ...(random() < 0.4 ? { colour } : {}),
    };
  };
  const events: CanonicalEvent[] = [];
  for (let n = 0; n < products; n++)
    for (const source of SOURCES)
      if (random() < 0.75) events.push({ source, id: String(n), timestamp: 1, product: describe(n) });
  const base = events.filter(() => random() < 0.6);
  const early = new Set(base);
  const changes = events.filter((event) => !early.has(event));
  let time = 2;
  for (let i = 0; i < products; i++) {
    const { source, id, product } = pick(events);
    const n = Number(id);
    time++;
    const kind = random();
    if (kind < 0.35)
      changes.push({
        source,
        id,
        timestamp: time,
        product: { ...product!, price: { amount: 5 + i, currency: 'EUR' } },
      });
    else if (kind < 0.65) changes.push({ source, id, timestamp: time, product: describe(n) });
    else if (kind < 0.8) changes.push({ source, id, timestamp: time, product: describe((n + 1) % products) });
    else changes.push({ source, id, timestamp: time });
  }
  return { seed, base, changes };
}
