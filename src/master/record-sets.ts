import { placeOf } from '../dedup/store/index.js';

/**
 * Union-find over ids that are known beforehand, in columns: sixteen bytes a record, where a map of bigints takes some two
 * hundred. The greatest plans are made over all records there are.
 */
export class RecordSets {
  /** Ascending and distinct. */
  readonly #rids: BigInt64Array;
  /** Place of another record of the set with a lesser id, or its own. */
  readonly #parent: Int32Array;

  /** Ids in any order, repeats among them. */
  constructor(rids: BigInt64Array) {
    const sorted = rids.slice().sort();
    let n = 0;
    for (const rid of sorted) if (n === 0 || sorted[n - 1] !== rid) sorted[n++] = rid;
    this.#rids = sorted.subarray(0, n);
    this.#parent = Int32Array.from({ length: n }, (_, at) => at);
  }

  /** Nothing happens where one is not among them: it came later, and whoever plans looks again before resolving. */
  join(a: bigint, b: bigint): void {
    const [at, other] = [this.#place(a), this.#place(b)];
    if (at < 0 || other < 0) return;
    const [x, y] = [this.#root(at), this.#root(other)];
    if (x < y) this.#parent[y] = x;
    else this.#parent[x] = y;
  }

  /** The sets that hold one of the records: each in the order of ids, and ordered by their least. */
  *holding(rids: Iterable<bigint>): Generator<bigint[]> {
    const wanted = new Uint8Array(this.#parent.length);
    for (const rid of rids) {
      const at = this.#place(rid);
      if (at >= 0) wanted[this.#root(at)] = 1;
    }
    // Members of a set as a chain from its root, which is its least.
    const next = new Int32Array(this.#parent.length).fill(-1);
    for (let at = this.#parent.length - 1; at >= 0; at--) {
      const root = this.#root(at);
      if (root === at || wanted[root] === 0) continue;
      next[at] = next[root]!;
      next[root] = at;
    }
    for (let root = 0; root < wanted.length; root++) {
      if (wanted[root] === 0) continue;
      const set: bigint[] = [];
      for (let at = root; at !== -1; at = next[at]!) set.push(this.#rids[at]!);
      yield set;
    }
  }

  #place(rid: bigint): number {
    return placeOf(this.#rids, this.#rids.length, rid);
  }

  #root(at: number): number {
    let root = at;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let up = at; up !== root; ) {
      const above = this.#parent[up]!;
      this.#parent[up] = root;
      up = above;
    }
    return root;
  }
}
