import { hash32 } from '../../hash.js';
import { FloatColumn, IntColumn, RaggedColumn } from './columns.js';
import type { EncodedRecord } from './encode.js';
import { Interner } from './interner.js';
import { TextColumn } from './texts.js';
import { kindOf } from './tokens.js';

/** 3-grams are hashed to this many dimensions. */
export const GRAM_DIMENSIONS = 1 << 18;
const CODE_PREFIXES = [4, 5, 6];
/** Which dimensions the record being read has already; shared by all stores, since a store of one record is common. */
const seen = new Int32Array(GRAM_DIMENSIONS);
let stamp = 0;
let found = new Int32Array(1024);

/** Encoded records in columns. Ids of texts depend on the order of arrival, so nothing but equality may be read from them. */
export class EncodedStore {
  readonly words = new Interner();
  /** Per word: kind of token, dimensions of its 3-grams. */
  readonly wordKinds = new IntColumn();
  readonly wordGrams = new RaggedColumn();
  readonly codes = new Interner();
  /** Per code: dimensions of the whole and of its prefixes. */
  readonly codeGrams = new RaggedColumn();
  /** Per code: 1 when it is long enough and has a digit, so that it can name one product. */
  readonly codeTelling = new IntColumn();
  readonly values = new Interner();

  readonly tokens = new RaggedColumn();
  readonly recordCodes = new RaggedColumn();
  readonly fieldCodes = new IntColumn();
  readonly detailCodes = new RaggedColumn();
  readonly detail = new RaggedColumn();
  readonly category = new RaggedColumn();
  /** Pairs of (dimension, position in `measureValues`). */
  readonly measures = new RaggedColumn();
  readonly measureValues = new FloatColumn();
  readonly fieldMeasures = new IntColumn();
  readonly colours = new IntColumn();
  readonly colourFields = new IntColumn();
  readonly variants = new IntColumn();
  /** Interned text, -1 where unknown. */
  readonly sizes = new IntColumn();
  readonly brands = new IntColumn();
  readonly gtins = new RaggedColumn();
  readonly prices = new FloatColumn();
  /** Pairs of (name, value). */
  readonly attributes = new RaggedColumn();
  readonly squashes = new TextColumn();

  get size(): number {
    return this.squashes.length;
  }

  /** Ends adding, and gives back what only adding needs. */
  close(): void {
    for (const texts of [this.words, this.codes, this.values]) texts.close();
  }

  #word(text: string): number {
    const id = this.words.intern(text);
    if (id === this.wordKinds.length) {
      this.wordKinds.push(kindOf(text));
      const padded = ` ${text} `;
      for (let i = 0; i + 3 <= padded.length; i++)
        this.wordGrams.values.push(hash32(padded.slice(i, i + 3)) & (GRAM_DIMENSIONS - 1));
      this.wordGrams.endRow();
    }
    return id;
  }

  #code(text: string): number {
    const id = this.codes.intern(text);
    if (id === this.codeGrams.rows) {
      this.codeTelling.push(text.length >= 4 && /\d/.test(text) ? 1 : 0);
      this.codeGrams.values.push(hash32(`#${text}`) & (GRAM_DIMENSIONS - 1));
      for (const length of CODE_PREFIXES)
        if (text.length >= length)
          this.codeGrams.values.push(hash32(`^${text.slice(0, length)}`) & (GRAM_DIMENSIONS - 1));
      this.codeGrams.endRow();
    }
    return id;
  }

  /**
   * Distinct 3-gram dimensions of a record's words and codes; good until the next call. Kept for every record they were the
   * greatest part of a corpus; those of its words are a tenth of that.
   */
  gramsOf(row: number): Int32Array {
    stamp++;
    const last = this.#addGrams(this.tokens, this.wordGrams, row, 0);
    return found.subarray(0, this.#addGrams(this.recordCodes, this.codeGrams, row, last));
  }

  #addGrams(column: RaggedColumn, grams: RaggedColumn, row: number, length: number): number {
    let n = length;
    const last = column.starts[row + 1] as number;
    for (let at = column.starts[row] as number; at < last; at++) {
      const text = column.data[at] as number;
      const end = grams.starts[text + 1] as number;
      for (let i = grams.starts[text] as number; i < end; i++) {
        const dimension = grams.data[i] as number;
        if (seen[dimension] === stamp) continue;
        seen[dimension] = stamp;
        if (n === found.length) {
          const grown = new Int32Array(n * 2);
          grown.set(found);
          found = grown;
        }
        found[n++] = dimension;
      }
    }
    return n;
  }

  add(record: EncodedRecord): number {
    const row = this.squashes.length;
    for (const token of record.tokens) this.tokens.values.push(this.#word(token));
    this.tokens.endRow();
    for (const code of record.codes) this.recordCodes.values.push(this.#code(code));
    this.recordCodes.endRow();
    this.fieldCodes.push(record.fieldCodes);
    for (const code of record.detailCodes) this.detailCodes.values.push(this.#code(code));
    this.detailCodes.endRow();
    for (const word of record.detail) this.detail.values.push(this.#word(word));
    this.detail.endRow();
    for (const word of record.category) this.category.values.push(this.values.intern(word));
    this.category.endRow();
    for (let i = 0; i < record.dimensions.length; i++) {
      this.measures.values.push(record.dimensions[i] as number);
      this.measures.values.push(this.measureValues.length);
      this.measureValues.push(record.values[i] as number);
    }
    this.measures.endRow();
    this.fieldMeasures.push(record.fieldMeasures);
    this.colours.push(record.colours);
    this.colourFields.push(record.colourField ? 1 : 0);
    this.variants.push(record.variants);
    this.sizes.push(record.size === '' ? -1 : this.values.intern(record.size));
    this.brands.push(record.brand === '' ? -1 : this.values.intern(record.brand));
    for (const gtin of record.gtins) this.gtins.values.push(this.values.intern(gtin));
    this.gtins.endRow();
    this.prices.push(record.price > 0 ? record.price : 0);
    for (const [name, value] of record.attributes) {
      this.attributes.values.push(this.values.intern(name));
      this.attributes.values.push(this.values.intern(value));
    }
    this.attributes.endRow();
    this.squashes.push(record.squash);
    return row;
  }
}
