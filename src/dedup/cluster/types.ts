/** What clustering reads and says. Plain data, so that a component can travel to a worker. */

/** A record as clustering sees it. */
export interface ClusterNode {
  /** `keyText` of the record; distinct within a component. */
  key: string;
  source: string;
  /** Valid GTIN-14. */
  gtins: readonly string[];
  /** Model and part numbers, normalised (upper-case, separators removed). */
  codes: readonly string[];
  brand?: string;
  /** Attributes that tell products apart by themselves, folded. */
  variants: Readonly<Record<string, string>>;
}

/** A kept pair; `a` and `b` are positions in the list of nodes. */
export interface ClusterEdge {
  a: number;
  b: number;
  /** Match probability, 0..1; not read for must_link and cannot_link. */
  probability: number;
  stage?: string;
  kind: 'match' | 'review' | 'must_link' | 'cannot_link';
}

export type RefusalReason =
  | 'cannot_link'
  | 'unique_source'
  | 'gtin_conflict'
  | 'code_conflict'
  | 'variant_conflict'
  | 'weak_bridge';

/** Part of a model (`cluster`): how evidence about pairs becomes clusters. Numbers only. */
export interface ClusterSettings {
  /**
   * Logit, relative to the match threshold, that a cross pair without an edge adds to the average between two groups.
   * Never above 0: two groups without any edge must not merge.
   */
  unscored: number;
  /**
   * Records of its own product that a record's candidate list can be expected to hold; default half of the model's
   * `blocking.candidates`, the other half being its siblings. In a product of more records most pairs are never scored, so fewer
   * count as unscored.
   */
  listed: number;
  /** Logits relative to the match threshold are cut to -clip..clip, so that one certain pair cannot outvote many. */
  clip: number;
  /** A group of at least `denseSize` members is dense. */
  denseSize: number;
  /** Share of the cross pairs of two dense groups, as far as they can be scored, that must be matches before they may merge. */
  denseSupport: number;
  /** 1: two groups whose GTINs are known and have none in common do not merge. 0: the pairs' probabilities decide. */
  gtinConflict: number;
  /** The same for model and part numbers, of which none may contain another. */
  codeConflict: number;
  /**
   * Groups with more members together than this are not held to GTINs or codes alone, only to both at once: what a hundred
   * sellers list carries the numbers of every kit, colour and seller, while siblings that one number tells apart have a
   * handful of listings each.
   */
  conflictSize: number;
  /** 1: two groups with different values of one variant attribute do not merge, whatever their size. */
  variantConflict: number;
}

export const CLUSTER_DEFAULTS: ClusterSettings = {
  unscored: -0.5,
  listed: 5,
  clip: 6,
  denseSize: 3,
  denseSupport: 0.2,
  gtinConflict: 1,
  codeConflict: 1,
  conflictSize: 1_000_000_000,
  variantConflict: 1,
};

export interface ClusterRules extends Partial<ClusterSettings> {
  /** Sources that list each product once. */
  uniqueSources: ReadonlySet<string>;
  /** Probability from which a pair speaks for a merge. */
  matchThreshold: number;
}

export interface Clustering {
  /** Node → cluster number; clusters are numbered by their smallest key. */
  cluster: Int32Array;
  /** Match and must_link edges whose ends are in different clusters, in the order of the edges, and why. */
  refused: { edge: number; reason: RefusalReason }[];
}
