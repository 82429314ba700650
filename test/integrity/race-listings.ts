import type { CanonicalProduct } from '../../src/records.js';
import type { CanonicalEvent } from '../support/canonical.js';
import { seeded } from '../support/seeded.js';

/**
 * What happens to one product: `before`, quietly; then `left` and `right` at the same moment, in two workers. Afterwards
 * `records` of them are one golden record, and nothing else is in it.
 */
export interface Race {
  kind: 'both new' | 'joining a third' | 'becoming one';
  before: CanonicalEvent[];
  left: CanonicalEvent;
  right: CanonicalEvent;
  /** `source/id` of what has to be one golden record, in order. */
  members: string[];
}

const COLOURS = ['black', 'white', 'red'];

/** The race for product number `n`. Five neighbours share a brand and a word of their titles, so that candidate lists overlap. */
export function raceFor(n: number, seed: number): Race {
  const random = seeded(seed * 1_000_003 + n);
  const lot = random();
  const say = (source: string, time: number, of = n): CanonicalEvent => ({
    source,
    id: idOf(n),
    timestamp: time,
    product: listing(of, random),
  });
  if (lot < 0.6)
    return { kind: 'both new', before: [], left: say('alpha', 1), right: say('beta', 1), members: named(n) };
  if (lot < 0.8)
    return {
      kind: 'joining a third',
      before: [say('gamma', 1)],
      left: say('alpha', 2),
      right: say('beta', 2),
      members: named(n, 'gamma'),
    };
  // Two listings of other products, of numbers that nobody else has.
  return {
    kind: 'becoming one',
    before: [say('alpha', 1, n + OTHER), say('beta', 1, n + 2 * OTHER)],
    left: say('alpha', 2),
    right: say('beta', 2),
    members: named(n),
  };
}
const OTHER = 10_000_000;

const named = (n: number, ...more: string[]): string[] =>
  ['alpha', 'beta', ...more].map((source) => `${source}/${idOf(n)}`);

/** Not an id of the records that were there before. */
const idOf = (n: number): string => `race-${n}`;

/** A shop's words for a product: made-up ones, because words that many have would say nothing. */
function listing(n: number, random: () => number): CanonicalProduct {
  const brand = word(Math.floor(n / 5) * 13 + 5);
  const model = `${word(n * 7 + 1)
    .slice(0, 2)
    .toUpperCase()}${1000 + n}`;
  const words = [brand, model, word(n * 3), word(Math.floor(n / 5) * 11 + 2)];
  const colour = COLOURS[n % 3]!;
  return {
    title: (random() < 0.5 ? words : [brand, ...words.slice(2), model, colour]).join(' '),
    brand,
    model,
    gtins: random() < 0.5 ? [gtin14(n)] : [],
    internalCodes: [],
    images: [],
    variants: {},
    attributes: {},
    price: { amount: 10 + (n % 50), currency: 'EUR' },
    ...(random() < 0.4 ? { colour } : {}),
  };
}

/** A word of nine letters; the same for the same number. */
function word(n: number): string {
  const random = seeded(n);
  const letters = Array.from({ length: 9 }, (_, i) => {
    const choice = i % 2 === 0 ? 'bdfgklmnprst' : 'aeiou';
    return choice[Math.floor(random() * choice.length)]!;
  });
  return letters.join('');
}

function gtin14(n: number): string {
  const body = String(4_100_000_000_000 + n).padStart(13, '0');
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(body[i]) * (i % 2 === 0 ? 3 : 1);
  return body + ((10 - (sum % 10)) % 10);
}
