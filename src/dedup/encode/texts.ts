/** Characters beyond Latin-1. */
const wide = /[\u0100-\uffff]/;
/** Texts that were read last; a pair's two are read several times in a row. */
const CACHE = 64;

/**
 * Texts, one a row, in one piece of memory: Latin-1 where that is enough, else UTF-16. As strings, built piece by piece,
 * they took three times as much.
 */
export class TextColumn {
  // Stores of one record are common: they stay small until they are read.
  #bytes = Buffer.allocUnsafe(256);
  #ends = new Float64Array(8);
  #length = 0;
  readonly #rows: number[] = [];
  readonly #texts: string[] = [];

  get length(): number {
    return this.#length;
  }

  push(text: string): void {
    const isWide = wide.test(text);
    const start = this.#start(this.#length);
    const size = isWide ? text.length * 2 : text.length;
    if (start + size > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, start + size));
      this.#bytes.copy(grown, 0, 0, start);
      this.#bytes = grown;
    }
    this.#bytes.write(text, start, isWide ? 'utf16le' : 'latin1');
    if (this.#length === this.#ends.length) {
      const grown = new Float64Array(this.#ends.length * 2);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    // The lowest bit tells how it is written.
    this.#ends[this.#length++] = (start + size) * 2 + (isWide ? 1 : 0);
  }

  at(row: number): string {
    const place = row % CACHE;
    if (this.#rows[place] === row) return this.#texts[place] as string;
    const end = this.#ends[row] as number;
    const text = this.#bytes.toString(end % 2 === 1 ? 'utf16le' : 'latin1', this.#start(row), Math.floor(end / 2));
    this.#rows[place] = row;
    this.#texts[place] = text;
    return text;
  }

  #start(row: number): number {
    return row === 0 ? 0 : Math.floor((this.#ends[row - 1] as number) / 2);
  }
}
