/** Disjoint sets over 0..n-1, with path halving. The representative of a set is its smallest member. */
export class UnionFind {
  readonly #parent: Int32Array;

  constructor(n: number) {
    this.#parent = Int32Array.from({ length: n }, (_, i) => i);
  }

  find(node: number): number {
    const parent = this.#parent;
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  /** Joins the sets of two nodes; false when they were one already. */
  union(a: number, b: number): boolean {
    const x = this.find(a);
    const y = this.find(b);
    if (x === y) return false;
    this.#parent[Math.max(x, y)] = Math.min(x, y);
    return true;
  }

  /** Node → number of its set; sets are numbered by their smallest member. */
  labels(): Int32Array {
    const n = this.#parent.length;
    const labels = new Int32Array(n);
    let next = 0;
    for (let i = 0; i < n; i++) {
      const root = this.find(i);
      labels[i] = root === i ? next++ : labels[root]!;
    }
    return labels;
  }
}

/**
 * Connected components of 0..n-1: node → component, numbered by their smallest node. Every edge given connects; pass
 * match and must_link edges only.
 */
export function components(n: number, edges: Iterable<{ readonly a: number; readonly b: number }>): Int32Array {
  const sets = new UnionFind(n);
  for (const edge of edges) sets.union(edge.a, edge.b);
  return sets.labels();
}
