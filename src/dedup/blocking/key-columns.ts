import { IntColumn, ShortColumn } from '../encode/index.js';
import type { KeySink } from './sink.js';

/** Keys of many records, row after row. */
export class KeyColumns {
  readonly high: IntColumn;
  readonly low: IntColumn;
  /** In 1/256, at least 1. */
  readonly weights: ShortColumn;
  /** The keys of row r stand from rowStarts[r]. */
  readonly rowStarts: Int32Array;
  #rows = 0;

  constructor(rows: number) {
    const capacity = rows * 16 + 16;
    this.high = new IntColumn(capacity);
    this.low = new IntColumn(capacity);
    this.weights = new ShortColumn(capacity);
    this.rowStarts = new Int32Array(rows + 1);
  }

  get length(): number {
    return this.high.length;
  }

  /** Adds the next row. */
  add(sink: KeySink): void {
    for (let i = 0; i < sink.length; i++) {
      this.high.push(sink.high[i] as number);
      this.low.push(sink.low[i] as number);
      this.weights.push(sink.wholeWeight(i));
    }
    this.rowStarts[++this.#rows] = this.length;
  }
}
