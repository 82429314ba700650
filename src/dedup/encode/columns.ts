/** Growable typed arrays: what a corpus is made of, so that a record costs bytes and not objects. */

export class IntColumn {
  data: Int32Array;
  length = 0;

  constructor(capacity = 32) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Int32Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }
}

export class FloatColumn {
  data: Float64Array;
  length = 0;

  constructor(capacity = 32) {
    this.data = new Float64Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Float64Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }
}

/** Whole numbers below 65,536. */
export class ShortColumn {
  data: Uint16Array;
  length = 0;

  constructor(capacity = 32) {
    this.data = new Uint16Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Uint16Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }
}

/** Lists of numbers, one a row: row r is data[starts[r]] … data[starts[r + 1] - 1]. */
export class RaggedColumn {
  readonly values = new IntColumn();
  readonly #starts = new IntColumn();

  constructor() {
    this.#starts.push(0);
  }

  get data(): Int32Array {
    return this.values.data;
  }

  get starts(): Int32Array {
    return this.#starts.data;
  }

  get rows(): number {
    return this.#starts.length - 1;
  }

  /** Ends the row that `values.push` filled. */
  endRow(): void {
    this.#starts.push(this.values.length);
  }
}
