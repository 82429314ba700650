import type { Database } from '../../platform/database/port.js';
import { toRid } from './rid.js';
import { ALL_SEQS } from './score.sql.js';

/** The marks of all records at one moment, in columns: 17 bytes a record. */
export class Seqs {
  #rids = new BigInt64Array(1024);
  #seqs = new BigInt64Array(1024);
  #pending = new Uint8Array(1024);
  size = 0;
  pendingCount = 0;

  /** Ids must come in ascending order. */
  add(rid: bigint, seq: bigint, pending: boolean): void {
    if (this.size === this.#rids.length) {
      this.#rids = grown(this.#rids, new BigInt64Array(this.size * 2));
      this.#seqs = grown(this.#seqs, new BigInt64Array(this.size * 2));
      this.#pending = grown(this.#pending, new Uint8Array(this.size * 2));
    }
    this.#rids[this.size] = rid;
    this.#seqs[this.size] = seq;
    this.#pending[this.size] = pending ? 1 : 0;
    if (pending) this.pendingCount++;
    this.size++;
  }

  rid(at: number): bigint {
    return this.#rids[at]!;
  }

  seqOf(rid: bigint): bigint | undefined {
    const at = this.#find(rid);
    return at < 0 ? undefined : this.#seqs[at];
  }

  isPending(rid: bigint): boolean {
    const at = this.#find(rid);
    return at >= 0 && this.#pending[at] === 1;
  }

  /** Marked ids among the places `from` to `to`. */
  pendingBetween(from: number, to: number): bigint[] {
    const rids: bigint[] = [];
    for (let at = from; at <= to; at++) if (this.#pending[at] === 1) rids.push(this.#rids[at]!);
    return rids;
  }

  *pending(): Generator<bigint> {
    for (let at = 0; at < this.size; at++) if (this.#pending[at] === 1) yield this.#rids[at]!;
  }

  #find(rid: bigint): number {
    return placeOf(this.#rids, this.size, rid);
  }
}

/** Place of an id among the first `size`, which ascend, or -1. */
export function placeOf(rids: BigInt64Array, size: number, rid: bigint): number {
  let low = 0;
  let high = size - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = rids[middle]!;
    if (value === rid) return middle;
    if (value < rid) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function grown<T extends { set(from: T): void }>(from: T, into: T): T {
  into.set(from);
  return into;
}

export async function readAllSeqs(database: Database): Promise<Seqs> {
  const seqs = new Seqs();
  const rows = database.batches<{ rid: unknown; seq: unknown; pending: boolean }>(ALL_SEQS, [], 20_000);
  for await (const batch of rows) for (const { rid, seq, pending } of batch) seqs.add(toRid(rid), toRid(seq), pending);
  return seqs;
}
