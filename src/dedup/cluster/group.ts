import type { ClusterNode, ClusterSettings, RefusalReason } from './types.js';

/** A growing cluster: what its members say that another cluster may contradict. */
export class Group {
  size = 1;
  readonly #uniqueSources = new Set<string>();
  readonly #gtins: Set<string>;
  readonly #codes: Set<string>;
  readonly #variants = new Map<string, Set<string>>();

  constructor(node: ClusterNode, uniqueSources: ReadonlySet<string>) {
    if (uniqueSources.has(node.source)) this.#uniqueSources.add(node.source);
    this.#gtins = new Set(node.gtins);
    this.#codes = new Set(node.codes);
    for (const [name, value] of Object.entries(node.variants)) this.#variants.set(name, new Set([value]));
  }

  absorb(other: Group): void {
    this.size += other.size;
    addAll(this.#uniqueSources, other.#uniqueSources);
    addAll(this.#gtins, other.#gtins);
    addAll(this.#codes, other.#codes);
    for (const [name, values] of other.#variants) {
      const own = this.#variants.get(name);
      if (own === undefined) this.#variants.set(name, new Set(values));
      else addAll(own, values);
    }
  }

  /** Why the two may not be one product, or undefined. Symmetric. */
  conflict(other: Group, settings: ClusterSettings): RefusalReason | undefined {
    if (intersects(this.#uniqueSources, other.#uniqueSources)) return 'unique_source';
    const gtins = settings.gtinConflict > 0 && disjoint(this.#gtins, other.#gtins);
    const codes =
      settings.codeConflict > 0 && disjoint(this.#codes, other.#codes) && !someContained(this.#codes, other.#codes);
    // Large groups hold many kits and sellers' numbers, but not GTINs and model numbers that all differ.
    if (this.size + other.size <= settings.conflictSize ? gtins || codes : gtins && codes)
      return gtins ? 'gtin_conflict' : 'code_conflict';
    if (settings.variantConflict > 0) {
      for (const [name, values] of this.#variants) {
        const others = other.#variants.get(name);
        if (others !== undefined && disjoint(values, others)) return 'variant_conflict';
      }
    }
    return undefined;
  }
}

function addAll(into: Set<string>, from: ReadonlySet<string>): void {
  for (const value of from) into.add(value);
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  for (const value of small) if (large.has(value)) return true;
  return false;
}

/** Both known, nothing in common. */
function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && !intersects(a, b);
}

/**
 * Shops put their own letters around a maker's number ("WH1000XM4B", "SONWH1000XM4"), so that a number inside the other is no
 * conflict.
 */
function someContained(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const x of a) for (const y of b) if (x.includes(y) || y.includes(x)) return true;
  return false;
}
