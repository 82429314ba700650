import type { Portion } from './portion.js';
import type { FetchedRecord } from './protocol.js';

/** A batch's worth of records, and where the next one starts. */
export interface Cut {
  records: FetchedRecord[];
  next: number;
}

/** Where a consumer is in a partition: what it has fetched, and what of that was handed over. */
export class Place {
  /** Next offset to fetch. */
  position: number;
  /** Where the next batch starts: all before it was handed over, or is a gap that the batch before told of. */
  handed: number;
  /** Conflicts since the last batch that went well. */
  conflicts = 0;
  /** Where the last transaction that was tried would have led. */
  attempted: number | null = null;
  #records: FetchedRecord[] = [];
  #at = 0;

  constructor(
    readonly partition: number,
    start: number,
    /** What the group has committed: null is nothing yet. */
    public committed: number | null,
    /** Offset to stop at. */
    readonly last: number,
  ) {
    this.position = start;
    this.handed = start;
  }

  /** Whether something can be handed over: records, or a gap that was passed. */
  get ready(): boolean {
    return this.#at < this.#records.length || this.handed < this.position;
  }

  get done(): boolean {
    return this.handed >= this.last;
  }

  /** Fetched and not handed over. */
  get waiting(): number {
    return this.#records.length - this.#at;
  }

  /** Takes in what was fetched, unless it was asked for from another place. */
  arrived(portion: Portion): void {
    if (portion.from !== this.position) return;
    const rest = this.#records.slice(this.#at);
    const inside = portion.records.filter(({ offset }) => Number(offset) < this.last);
    this.#records = rest.length === 0 ? inside : [...rest, ...inside];
    this.#at = 0;
    this.position = Math.min(portion.next, this.last);
  }

  /** The next batch, which stays until `advance`: at least one record where there is one. */
  cut(maxMessages: number, maxBytes: number): Cut {
    const records: FetchedRecord[] = [];
    let bytes = 0;
    for (let at = this.#at; at < this.#records.length && records.length < maxMessages; at++) {
      const record = this.#records[at] as FetchedRecord;
      const size = (record.key?.length ?? 0) + (record.value?.length ?? 0);
      if (records.length > 0 && bytes + size > maxBytes) break;
      bytes += size;
      records.push(record);
    }
    const all = this.#at + records.length === this.#records.length;
    return { records, next: all ? this.position : Number(records.at(-1)?.offset) + 1 };
  }

  advance({ records, next }: Cut): void {
    this.#at += records.length;
    this.handed = next;
    this.conflicts = 0;
  }

  /** Goes to another place, and forgets what was fetched. */
  move(to: number): void {
    this.position = to;
    this.handed = to;
    this.#records = [];
    this.#at = 0;
  }

  /** Goes on fetching further on, where messages were removed: the gap belongs to the next batch. */
  skip(to: number): void {
    this.position = Math.min(to, this.last);
  }
}
