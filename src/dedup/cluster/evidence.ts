import { Group } from './group.js';
import type { ClusterEdge, ClusterNode, ClusterSettings, RefusalReason } from './types.js';
import { UnionFind } from './union-find.js';

/** What is known between two groups. */
interface Link {
  /** Sum of the clipped logits of the cross pairs that have an edge, relative to the match threshold. */
  sum: number;
  /** Cross pairs that have an edge. */
  scored: number;
  /** Cross pairs whose edge is a match. */
  matches: number;
}

const NOTHING: Link = { sum: 0, scored: 0, matches: 0 };

/**
 * The groups of one component while they merge, and the evidence between them. Nodes are named by rank (order of their
 * keys) and a group by its smallest rank, so that nothing depends on the order in which nodes and edges came.
 */
export class Evidence {
  readonly #sets: UnionFind;
  readonly #groups: Group[];
  readonly #links: (Map<number, Link> | undefined)[];
  readonly #forbidden: (Set<number> | undefined)[];
  readonly #settings: ClusterSettings;
  readonly #threshold: number;

  constructor(
    nodes: readonly ClusterNode[],
    uniqueSources: ReadonlySet<string>,
    threshold: number,
    settings: ClusterSettings,
  ) {
    this.#sets = new UnionFind(nodes.length);
    this.#groups = nodes.map((node) => new Group(node, uniqueSources));
    this.#links = nodes.map(() => undefined);
    this.#forbidden = nodes.map(() => undefined);
    this.#settings = settings;
    this.#threshold = logit(threshold);
  }

  group(node: number): number {
    return this.#sets.find(node);
  }

  /** Node → cluster number, by smallest rank. */
  labels(): Int32Array {
    return this.#sets.labels();
  }

  /** Records a scored pair of two groups. A review pair waits for a steward: it never speaks for a merge, whatever its probability. */
  add(a: number, b: number, edge: ClusterEdge): void {
    const { clip } = this.#settings;
    const most = edge.kind === 'match' ? clip : 0;
    const weight = Math.min(most, Math.max(-clip, logit(edge.probability) - this.#threshold));
    const link = { sum: weight, scored: 1, matches: edge.kind === 'match' ? 1 : 0 };
    this.#addLink(a, b, link);
    this.#addLink(b, a, link);
  }

  forbid(a: number, b: number): void {
    this.#forbidden[a] = (this.#forbidden[a] ?? new Set()).add(b);
    this.#forbidden[b] = (this.#forbidden[b] ?? new Set()).add(a);
  }

  isForbidden(a: number, b: number): boolean {
    return this.#forbidden[a]?.has(b) ?? false;
  }

  /** Groups that have evidence with a group. */
  neighbours(a: number): Iterable<number> {
    return this.#links[a]?.keys() ?? [];
  }

  /** Average over the cross pairs that could be scored; those without an edge count as `unscored`. */
  average(a: number, b: number): number {
    const { unscored } = this.#settings;
    const link = this.#links[a]?.get(b);
    if (link === undefined) return unscored;
    const pairs = Math.max(link.scored, this.#scorable(a, b));
    return (link.sum + (pairs - link.scored) * unscored) / pairs;
  }

  /**
   * Cross pairs that can be expected to have been scored if the two groups are one product: all while every record can list all others,
   * then a falling share. The share falls by the square root: in proportion to what lists can hold, a group of a thousand would
   * ask no more support of a newcomer than a group of ten, and a long drifting chain became one product.
   */
  #scorable(a: number, b: number): number {
    const left = this.#groups[a]!.size;
    const right = this.#groups[b]!.size;
    return left * right * Math.min(1, Math.sqrt(this.#settings.listed / (left + right - 1)));
  }

  /** Why two groups may not merge, or undefined. */
  refusal(a: number, b: number): RefusalReason | undefined {
    if (this.isForbidden(a, b)) return 'cannot_link';
    const left = this.#groups[a]!;
    const right = this.#groups[b]!;
    const conflict = left.conflict(right, this.#settings);
    if (conflict !== undefined) return conflict;
    const { denseSize, denseSupport } = this.#settings;
    if (left.size < denseSize || right.size < denseSize) return undefined;
    const matches = this.#links[a]?.get(b)?.matches ?? 0;
    return matches < denseSupport * this.#scorable(a, b) ? 'weak_bridge' : undefined;
  }

  /** Makes two groups one; returns its name. */
  merge(a: number, b: number): number {
    const into = Math.min(a, b);
    const from = Math.max(a, b);
    this.#sets.union(a, b);
    this.#groups[into]!.absorb(this.#groups[from]!);
    this.#links[into]?.delete(from);
    for (const [other, link] of this.#links[from] ?? []) {
      if (other === into) continue;
      this.#links[other]!.delete(from);
      this.#addLink(into, other, link);
      this.#addLink(other, into, link);
    }
    this.#links[from] = undefined;
    for (const other of this.#forbidden[from] ?? []) {
      this.#forbidden[other]!.delete(from);
      if (other !== into) this.forbid(into, other);
    }
    this.#forbidden[from] = undefined;
    return into;
  }

  #addLink(a: number, b: number, link: Link): void {
    const links = this.#links[a] ?? new Map<number, Link>();
    this.#links[a] = links;
    const { sum, scored, matches } = links.get(b) ?? NOTHING;
    links.set(b, { sum: sum + link.sum, scored: scored + link.scored, matches: matches + link.matches });
  }
}

function logit(probability: number): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return Math.log(p / (1 - p));
}
