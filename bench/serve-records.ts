import type { GoldenRecord, GoldenValues } from '../src/golden.js';
import { gtinCheckDigit } from '../src/harmonize/normalisers/index.js';
import { hash32 } from '../src/hash.js';

/** What the golden records of the bench are put together from: n is record number, same n same record. */
const KINDS: [string, string[], [string, number[]][]][] = [
  ['Headphones', ['Electronics', 'Audio', 'Headphones'], [['mAh', [400, 600, 800]]]],
  ['Digital Camera', ['Electronics', 'Photo', 'Cameras'], [['MP', [12, 16, 20, 24, 45]]]],
  ['Television', ['Electronics', 'Video', 'Televisions'], [['inch', [32, 43, 50, 55, 65, 75]]]],
  [
    'Laptop',
    ['Electronics', 'Computers', 'Laptops'],
    [
      ['GB', [8, 16, 32]],
      ['inch', [13, 14, 15, 17]],
    ],
  ],
  [
    'Portable SSD',
    ['Electronics', 'Computers', 'Storage'],
    [
      ['GB', [250, 500]],
      ['TB', [1, 2, 4]],
    ],
  ],
  ['Smartphone', ['Electronics', 'Phones', 'Smartphones'], [['GB', [64, 128, 256, 512]]]],
  ['Coffee', ['Groceries', 'Drinks', 'Coffee'], [['g', [250, 500, 1000]]]],
  ['Olive Oil', ['Groceries', 'Pantry', 'Oil'], [['ml', [250, 500, 750]]]],
  ['Shampoo', ['Household', 'Care', 'Hair'], [['ml', [200, 300, 400]]]],
  ['Cordless Drill', ['Tools', 'Power Tools', 'Drills'], [['V', [12, 18, 36]]]],
  ['Running Shoes', ['Sports', 'Footwear', 'Running'], [['mm', [4, 8, 10]]]],
  ['Board Game', ['Toys', 'Games', 'Board Games'], [['players', [2, 4, 6]]]],
];
const COLOURS = ['black', 'white', 'silver', 'blue', 'red', 'green', 'grey'];
const EXTRAS = [
  'Wireless',
  'Pro',
  'Compact',
  'Ultra',
  'Classic',
  'Mini',
  'Max',
  'Organic',
  'Premium',
  'Travel',
  'Outdoor',
  'Gaming',
];
const SYLLABLES = ['ka', 'no', 'va', 'so', 'ri', 'la', 'te', 'mi', 'du', 'pe', 'zo', 'gra', 'ste', 'lum', 'vex', 'tor'];
const FILLER =
  'a reliable choice for home and travel with long life easy cleaning low weight and quiet running made for daily use'.split(
    ' ',
  );
const SOURCES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];

const pick = <T>(list: readonly T[], n: number, salt: number): T => list[hash32(`${n}`, salt) % list.length]!;
const word = (n: number, salt: number, length: number) =>
  Array.from({ length }, (_, i) => pick(SYLLABLES, n, salt * 31 + i)).join('');

/** Half of all records are of thirty brands, the others of three thousand. */
function brandOf(n: number): string {
  const brand = hash32(`${n}`, 1) % (hash32(`${n}`, 2) % 2 ? 30 : 3000);
  const name = word(brand, 3, 2 + (brand % 2));
  return name[0]!.toUpperCase() + name.slice(1);
}

export function valuesOf(n: number): GoldenValues {
  const [kind, category, measures] = pick(KINDS, n, 4);
  const [unit, sizes] = pick(measures, n, 5);
  const brand = brandOf(n);
  const model = `${word(n, 6, 1).toUpperCase()}-${100 + (hash32(`${n}`, 7) % 90000)}${pick(['X', 'B', 'S', 'T'], n, 8)}`;
  const colour = pick(COLOURS, n, 9);
  return {
    title: `${brand} ${model} ${pick(EXTRAS, n, 10)} ${kind} ${pick(sizes, n, 11)} ${unit} ${colour}`,
    description: Array.from({ length: 30 }, (_, i) =>
      i % 6 === 5 ? word(n, 200 + i, 3) : pick(FILLER, n, 100 + i),
    ).join(' '),
    brand,
    model,
    mpn: model.replace('-', ''),
    gtins: [gtinOf(n)],
    category,
    price: { amount: 1 + (hash32(`${n}`, 12) % 100_000) / 100, currency: 'EUR' },
    colour,
    condition: pick(['new', 'new', 'new', 'used', 'refurbished'] as const, n, 13),
    availability: pick(['in_stock', 'in_stock', 'out_of_stock'] as const, n, 14),
    images: [],
    variants: {},
    attributes: { line: pick(EXTRAS, n, 15), warranty_years: 1 + (n % 5) },
  };
}

export function goldenOf(n: number): GoldenRecord {
  const sources = SOURCES.filter((_, i) => hash32(`${n}`, 20 + i) % 3 === 0);
  if (sources.length === 0) sources.push(pick(SOURCES, n, 19));
  return {
    goldenId: goldenIdOf(n),
    version: 1,
    values: valuesOf(n),
    lineage: { title: { rule: 'source_priority', from: [{ source: sources[0]!, sourceId: `${n}` }], others: [] } },
    members: sources.map((source) => ({ source, sourceId: `${n}` })),
    sources,
    quality: 0.9,
    validFrom: new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString(),
  };
}

function gtinOf(n: number): string {
  const digits = `0${4_000_000_000_000 + n * 97}`.slice(0, 13);
  return digits + gtinCheckDigit(digits);
}

export const goldenIdOf = (n: number) => `g${n.toString(16).padStart(15, '0')}`;

/** A query as a person would type it for record n: what it asks for goes round by `kind`. */
export function queryOf(n: number, kind: number): string {
  const { title, brand = '', model = '', mpn = '', colour = '' } = valuesOf(n);
  const [noun] = pick(KINDS, n, 4);
  const forms = [
    `${brand} ${noun}`,
    model,
    mpn.toLowerCase(),
    `${brand} ${model.replace('-', ' ')}`,
    noun,
    `${noun} ${colour}`,
    `${brand} ${noun.slice(0, 4)}`,
    misspell(`${brand} ${noun}`),
    title,
    misspell(noun),
    colour,
    brand,
    brand.slice(0, 3),
    title.split(' ').slice(-3).join(' '),
  ];
  return forms[kind % forms.length]!;
}

/** Swaps two letters in the middle. */
function misspell(text: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
}
