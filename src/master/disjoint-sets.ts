import { compareRids } from '../dedup/store/index.js';

/** Union-find over record ids. */
export class DisjointSets {
  readonly #parent = new Map<bigint, bigint>();

  find(rid: bigint): bigint {
    let root = rid;
    for (let up = this.#parent.get(root); up !== undefined && up !== root; up = this.#parent.get(root)) root = up;
    for (let at = rid; at !== root; ) {
      const up = this.#parent.get(at)!;
      this.#parent.set(at, root);
      at = up;
    }
    return root;
  }

  join(a: bigint, b: bigint): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.#parent.set(x, x < y ? x : y);
    this.#parent.set(y, x < y ? x : y);
  }

  joinHouse(rid: bigint, goldenId: string | null, representative: Map<string, bigint>): void {
    this.join(rid, rid);
    if (goldenId === null) return;
    const first = representative.get(goldenId);
    if (first === undefined) representative.set(goldenId, rid);
    else this.join(first, rid);
  }

  /** The groups that hold one of the records. */
  groupsOf(rids: readonly bigint[]): bigint[][] {
    const wanted = new Map<bigint, bigint[]>();
    for (const rid of rids) {
      this.join(rid, rid);
      wanted.set(this.find(rid), []);
    }
    for (const rid of this.#parent.keys()) wanted.get(this.find(rid))?.push(rid);
    const groups = [...wanted.values()].map((group) => group.sort(compareRids));
    return groups.sort((a, b) => compareRids(a[0]!, b[0]!));
  }
}
