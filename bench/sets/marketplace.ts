import type { MatchRecord } from '../../src/dedup/index.js';
import { seededRandom } from '../../src/dedup/training/index.js';
import { gtinCheckDigit } from '../../src/harmonize/normalisers/index.js';
import { COLOURS, SYLLABLES } from './catalogue-words.js';
import { type LabelledSet, plainProduct } from './set.js';

const KINDS = [
  { noun: 'espresso machine', specs: ['15 bar', '1.8L', '1350W', 'steam wand', 'stainless', 'automatic', 'pump'] },
  { noun: 'sewing machine', specs: ['60 stitches', 'computerized', '70W', 'heavy duty', 'free arm', 'lcd'] },
  { noun: 'keyboard synthesizer', specs: ['61 key', '88 key', 'weighted', 'midi', '48 voice', 'usb', 'arranger'] },
  { noun: 'binoculars', specs: ['10x42', '8x42', 'waterproof', 'roof prism', 'hd', 'fogproof'] },
  { noun: 'gps watch', specs: ['heart rate', '1.2 inch', 'multisport', '5 atm', 'altimeter', 'bluetooth'] },
  { noun: 'projector', specs: ['1080p', '3000 lumens', 'dlp', 'hdmi', 'short throw', '3lcd', 'home cinema'] },
];
const EXTRAS = [
  'w 16GB card',
  'plus case',
  '2 batteries',
  'with charger',
  'bundle',
  'accessory kit',
  'w tripod bag',
  'extra filters',
  'lot',
  'starter kit',
  'with box',
  'travel pouch',
  'and cable',
  '32GB kit',
  '3 year warranty',
  'w remote',
  '64GB card and 2 x case',
  'w 1.5m cable',
  '24 inch stand',
  'twin kit w 2 cases',
  'manual and 90W adapter',
  'w 8GB',
  '14pc set',
];
const STATES = [
  'new',
  'brand new',
  'used',
  'mint',
  'excellent condition',
  'refurbished',
  'open box',
  'good',
  'tested',
  'nice',
  'works',
  'great',
  'l k',
  'fast ship',
  'free shipping',
  'usa',
  'japan',
  'rare',
];
const TAILS = [
  '',
  '',
  '',
  '',
  ' | market',
  ' - Best Price Online',
  ' Reviews & Prices',
  ': Buy at low prices',
  ' Specs',
  ' Price in Lisbon, Porto, Faro, Braga with offers & full specifications',
  ' on sale for $199.95',
  ' - compare prices, product reviews and shops near you',
  ' at Shop.example',
];
const gtinOf = (number: number) => {
  const body = `09${String(80_000_000_000 + number).padStart(11, '0')}`;
  return body + gtinCheckDigit(body);
};
const SUFFIXES = ['s', 'i', 'x', ' II', ' Mark II', 'a', ' Pro', 'z'];

/**
 * A made-up marketplace: forty listings and more of one model, in words that say more about the deal than about the product. Colour, kit
 * and condition do not make another product here; a model number that differs in one character or suffix does.
 */
export function marketplace(models: number, seed: number): LabelledSet {
  const random = seededRandom(seed);
  const chance = (p: number) => random() < p;
  const int = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]) => list[int(list.length)] as T;
  const upper = (n: number) => Array.from({ length: n }, () => pick([...'ABCDEFGHKLMPRSTVXZ'])).join('');
  const brands = Array.from({ length: 14 }, () => {
    const name = pick(SYLLABLES) + pick(SYLLABLES) + (chance(0.4) ? pick(SYLLABLES) : '');
    return (name[0] as string).toUpperCase() + name.slice(1);
  });
  const series = brands.map(() => [1, 2].map(() => pick(SYLLABLES) + pick(SYLLABLES)));
  const records: MatchRecord[] = [];
  const clusters: number[] = [];
  let model = '';
  let brand = 0;
  let line = '';
  let kind = KINDS[0] as (typeof KINDS)[number];
  let specs: string[] = [];
  for (let made = 0; made < models; made++) {
    if (made === 0 || chance(0.3)) {
      brand = int(brands.length);
      kind = pick(KINDS);
      line = chance(0.5) ? pick(series[brand] as string[]) : '';
      model =
        upper(1 + int(3)) +
        String(10 ** (1 + int(3)) + int(900)).replace(/\d{1,2}$/, (end) =>
          chance(0.6) ? '00'.slice(0, end.length) : end,
        );
      specs = kind.specs.filter(() => chance(0.5));
    } else {
      const change = random();
      if (change < 0.5) model = model.replace(/\d/, () => String(1 + int(9)));
      else if (change < 0.75) model = model.replace(/[a-z]$| .+$/, '') + pick(SUFFIXES);
      else specs = kind.specs.filter(() => chance(0.5));
    }
    const name = brands[brand] as string;
    const part = String(10_000 + int(90_000));
    const listings = 40 + Math.floor(random() ** 2 * 200);
    for (let i = 0; i < listings; i++) {
      const colour = pick(pick(COLOURS));
      const written = chance(0.2)
        ? model.replace(/([A-Z])(\d)/, '$1 $2')
        : chance(0.1)
          ? model.replace(/([A-Z])(\d)/, '$1-$2')
          : model;
      const words = [
        ...(chance(0.25) ? [pick(STATES)] : []),
        ...(chance(0.92) ? [name] : []),
        ...(line !== '' && chance(0.8) ? [line] : []),
        written,
        ...specs.filter(() => chance(0.45)),
        ...(chance(0.85) ? [kind.noun] : []),
        ...(chance(0.35) ? [colour] : []),
        ...(chance(0.35) ? [pick(EXTRAS)] : []),
        ...(chance(0.2) ? [pick(EXTRAS)] : []),
        ...(chance(0.3) ? [pick(STATES)] : []),
        ...(chance(0.25) ? [chance(0.5) ? part : String(10_000 + int(900_000))] : []),
        ...(chance(0.15) ? [pick(EXTRAS), pick(STATES), pick(EXTRAS)] : []),
      ];
      const product = plainProduct((chance(0.1) ? words.join(' ').toUpperCase() : words.join(' ')) + pick(TAILS));
      if (chance(0.55)) product.brand = name;
      if (chance(0.5))
        product.model = chance(0.2) ? `${name} ${model}` : chance(0.2) && line !== '' ? `${line} ${model}` : model;
      if (chance(0.35)) product.mpn = chance(0.5) ? part : chance(0.5) ? model : String(10_000 + int(90_000));
      if (chance(0.3)) product.colour = colour;
      if (chance(0.3)) product.price = { amount: Math.round(1000 + int(40_000) / 10) / 10 };
      if (chance(0.25))
        product.gtins.push(chance(0.1) ? gtinOf(int(100_000)) : gtinOf(made * 8 + int(chance(0.5) ? 1 : 6)));
      for (const spec of specs) if (chance(0.3)) product.attributes[`spec_${spec.replace(/\W+/g, '_')}`] = spec;
      records.push({
        source: chance(0.6) ? 'auctions' : pick(['shop-a', 'shop-b', 'shop-c', 'shop-d']),
        id: `m${records.length}`,
        product,
      });
      clusters.push(made);
    }
  }
  return { name: 'marketplace', records, unique: new Set(), clusters: Int32Array.from(clusters) };
}
