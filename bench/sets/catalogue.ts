import type { MatchRecord } from '../../src/dedup/index.js';
import { seededRandom } from '../../src/dedup/training/index.js';
import { gtinCheckDigit, hasGtinCheckDigit } from '../../src/harmonize/normalisers/index.js';
import { ABBREVIATIONS, COLOURS, EDITIONS, MARKETING, type ProductType, SYLLABLES, TYPES } from './catalogue-words.js';
import type { LabelledSet } from './set.js';

/** How one source writes its records. */
interface Style {
  name: string;
  /** Chance that a field is empty. */
  missing: { gtin: number; model: number; brand: number; colour: number; size: number; price: number };
  /** Chance that the title itself names it. */
  titled: { brand: number; model: number; colour: number; size: number };
  upper: number;
  lower: number;
  typo: number;
  abbreviate: number;
  dropWord: number;
  marketing: number;
  codeNoise: number;
  priceSpread: number;
}

interface Variant {
  type: ProductType;
  brand: string;
  series: string;
  noun: string;
  features: string[];
  edition: string;
  model: string;
  mpn: string;
  colour: number;
  size: number;
  gtin: string;
  price: number;
}

class Maker {
  readonly random: () => number;
  #nextGtin = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  chance(p: number): boolean {
    return this.random() < p;
  }

  int(n: number): number {
    return Math.floor(this.random() * n);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T;
  }

  word(syllables: number): string {
    let out = '';
    for (let i = 0; i < syllables; i++) out += this.pick(SYLLABLES);
    return out[0]?.toUpperCase() + out.slice(1);
  }

  letters(n: number): string {
    return Array.from({ length: n }, () => 'ABCDEFGHJKLMNPRSTUVWXYZ'[this.int(23)]).join('');
  }

  digits(n: number): string {
    return Array.from({ length: n }, () => this.int(10)).join('');
  }

  model(): string {
    switch (this.int(5)) {
      case 0:
        return `${this.letters(2)}-${this.digits(4)}`;
      case 1:
        return `${this.letters(2)}${this.digits(3)}${this.letters(2)}`;
      case 2:
        return `${this.letters(3)} ${this.digits(3)}`;
      case 3:
        return `${this.digits(2)}${this.letters(2)}${this.digits(3)}-${this.letters(1)}`;
      default:
        return `${this.letters(1)}${this.digits(5)}`;
    }
  }

  gtin(): string {
    this.#nextGtin += 1 + this.int(3);
    const body = `040${String(1_000_000_000 + this.#nextGtin * 7).slice(0, 10)}`;
    return body + gtinCheckDigit(body);
  }

  /** The same code with one character replaced by another of its kind. */
  mutate(code: string): string {
    const places = [...code].flatMap((c, i) => (/[A-Z0-9]/.test(c) ? [i] : []));
    const at = places[Math.max(0, places.length - 1 - this.int(4))] as number;
    const old = code[at] as string;
    let fresh = old;
    while (fresh === old) fresh = /\d/.test(old) ? this.digits(1) : this.letters(1);
    return code.slice(0, at) + fresh + code.slice(at + 1);
  }

  family(brand: string, type: ProductType): Variant[] {
    const base: Variant = {
      type,
      brand,
      series: this.chance(0.8)
        ? this.word(2) + (this.chance(0.3) ? ` ${this.digits(this.chance(0.5) ? 1 : 3)}` : '')
        : '',
      noun: this.pick(type.nouns),
      features: type.features.filter(() => this.chance(0.35)),
      edition: this.chance(0.15) ? this.pick(EDITIONS) : '',
      model: type.coded ? this.model() : '',
      mpn: '',
      colour: type.coloured ? this.int(COLOURS.length) : -1,
      size: type.sizes.length > 0 ? this.int(type.sizes.length) : -1,
      gtin: this.gtin(),
      price: Math.exp(Math.log(type.price[0]) + this.random() * Math.log(type.price[1] / type.price[0])),
    };
    const sharedMpn = this.chance(0.4);
    const members = [base];
    const siblings = this.chance(0.45) ? 0 : 1 + this.int(5);
    for (let i = 0; i < siblings; i++) {
      const from = this.pick(members);
      const next: Variant = { ...from, gtin: this.gtin() };
      const ways = ['edition', 'feature'];
      if (type.coded) ways.push('model', 'model');
      if (type.coloured) ways.push('colour', 'colour');
      if (type.sizes.length > 0) ways.push('size', 'size');
      switch (this.pick(ways)) {
        case 'model':
          next.model = this.mutate(from.model);
          break;
        case 'colour':
          next.colour = (from.colour + 1 + this.int(COLOURS.length - 1)) % COLOURS.length;
          break;
        case 'size':
          next.size = (from.size + 1 + this.int(type.sizes.length - 1)) % type.sizes.length;
          next.price *= 0.75 + this.random() * 0.7;
          break;
        case 'edition':
          next.edition = from.edition === '' || this.chance(0.5) ? this.pick(EDITIONS) : '';
          next.price *= 0.8 + this.random() * 0.5;
          break;
        default:
          next.features = type.features.filter(() => this.chance(0.35));
      }
      if (!sharedMpn && next.model !== '' && next.model === from.model) next.model = this.mutate(from.model);
      const key = (v: Variant) => JSON.stringify([v.edition, v.model, v.colour, v.size, v.features]);
      if (!members.some((member) => key(member) === key(next))) members.push(next);
    }
    return members;
  }

  style(name: string): Style {
    const rate = (low: number, high: number) => low + this.random() * (high - low);
    return {
      name,
      missing: {
        gtin: rate(0.2, 0.7),
        model: rate(0.05, 0.4),
        brand: rate(0, 0.25),
        colour: rate(0.1, 0.5),
        size: rate(0.1, 0.5),
        price: rate(0, 0.15),
      },
      titled: { brand: rate(0.6, 1), model: rate(0.1, 0.8), colour: rate(0.1, 0.8), size: rate(0.1, 0.8) },
      upper: this.chance(0.3) ? 0.3 : 0.03,
      lower: this.chance(0.3) ? 0.4 : 0.05,
      typo: rate(0.01, 0.12),
      abbreviate: rate(0, 0.3),
      dropWord: rate(0, 0.15),
      marketing: rate(0, 0.25),
      codeNoise: rate(0.01, 0.06),
      priceSpread: rate(0.02, 0.2),
    };
  }

  typo(word: string): string {
    if (word.length < 4) return word;
    const at = 1 + this.int(word.length - 2);
    switch (this.int(3)) {
      case 0:
        return word.slice(0, at) + word.slice(at + 1);
      case 1:
        return word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
      default:
        return word.slice(0, at) + this.pick([...'aeioustrn']) + word.slice(at + 1);
    }
  }

  codeAsWritten(code: string, style: Style): string {
    let text = this.chance(style.codeNoise) ? this.mutate(code) : code;
    if (this.chance(0.25)) text = text.replace(/[- ]/g, '');
    else if (this.chance(0.15)) text = text.replace(/ /g, '-');
    return this.chance(0.2) ? text.toLowerCase() : text;
  }

  record(variant: Variant, style: Style, id: string, neighbour: string): MatchRecord {
    const { type } = variant;
    const colour = variant.colour < 0 ? '' : this.pick(COLOURS[variant.colour] as readonly string[]);
    const size = variant.size < 0 ? '' : this.pick(type.sizes[variant.size] as readonly string[]);
    const model = variant.model === '' ? '' : this.codeAsWritten(variant.model, style);
    const lead = this.chance(style.titled.brand) ? [variant.brand] : [];
    const noun = this.chance(0.15) ? this.pick(type.nouns) : variant.noun;
    const features = variant.features.filter(() => !this.chance(0.15));
    const parts = [...lead, variant.series, variant.edition];
    const middle = [...features, noun];
    if (this.chance(0.3)) middle.reverse();
    parts.push(...middle);
    if (model !== '' && this.chance(style.titled.model))
      parts.splice(this.chance(0.5) ? lead.length : parts.length, 0, model);
    if (size !== '' && this.chance(style.titled.size)) parts.push(size);
    if (colour !== '' && this.chance(style.titled.colour)) parts.push(this.chance(0.3) ? `- ${colour}` : colour);
    if (this.chance(style.marketing)) parts.push(this.pick(MARKETING));
    const words = parts.filter(Boolean).join(' ').split(' ');
    const written = words.flatMap((word) => {
      if (/\d/.test(word)) return [word];
      if (this.chance(style.dropWord * 0.5) && words.length > 4) return [];
      if (this.chance(style.abbreviate)) return [ABBREVIATIONS[word.toLowerCase()] ?? word];
      return [this.chance(style.typo) ? this.typo(word) : word];
    });
    let title = written.join(' ');
    if (this.chance(style.upper)) title = title.toUpperCase();
    else if (this.chance(style.lower)) title = title.toLowerCase();
    const product: MatchRecord['product'] = {
      title,
      gtins: [],
      internalCodes: [],
      images: [],
      variants: {},
      attributes: {},
    };
    const { missing } = style;
    if (!this.chance(missing.gtin)) {
      const gtin = this.chance(0.01) ? neighbour : variant.gtin;
      if (hasGtinCheckDigit(gtin)) product.gtins.push(gtin.padStart(14, '0'));
    }
    if (model !== '' && !this.chance(missing.model))
      product.model = this.chance(0.01)
        ? this.pick(['N/A', 'see title', '0000'])
        : this.chance(0.5)
          ? model
          : this.codeAsWritten(variant.model, style);
    if (!this.chance(missing.brand)) product.brand = this.chance(0.1) ? variant.brand.toUpperCase() : variant.brand;
    if (colour !== '' && !this.chance(missing.colour))
      product.colour = this.chance(0.01) ? this.pick(this.pick(COLOURS)) : colour;
    if (size !== '' && !this.chance(missing.size)) product.size = size;
    if (!this.chance(missing.price))
      product.price = {
        amount:
          Math.round(variant.price * Math.exp((this.random() + this.random() - 1) * style.priceSpread) * 100) / 100,
      };
    product.category = this.chance(0.5) ? type.category.slice(-1) : [...type.category];
    return { source: style.name, id, product };
  }
}

/** A made-up structured catalogue: families of siblings, four sources with habits of their own, seeded. */
export function catalogue(entities: number, seed: number): LabelledSet {
  const maker = new Maker(seed);
  const styles = ['north', 'south', 'east', 'west'].map((name) => maker.style(name));
  const brands = Array.from({ length: Math.max(8, Math.round(entities / 60)) }, () =>
    maker.chance(0.7) ? maker.word(2) : `${maker.word(2)} ${maker.word(1)}`,
  );
  const records: MatchRecord[] = [];
  const clusters: number[] = [];
  let made = 0;
  while (made < entities) {
    const family = maker.family(maker.pick(brands), maker.pick(TYPES));
    for (const [i, variant] of family.entries()) {
      const neighbour = (family[(i + 1) % family.length] as Variant).gtin;
      const copies = 1 + (maker.chance(0.55) ? 1 : 0) + (maker.chance(0.3) ? 1 : 0) + (maker.chance(0.15) ? 1 : 0);
      for (let copy = 0; copy < copies; copy++) {
        records.push(maker.record(variant, maker.pick(styles), `r${records.length}`, neighbour));
        clusters.push(made);
      }
      made++;
    }
  }
  return { name: 'catalogue', records, unique: new Set(), clusters: Int32Array.from(clusters) };
}
