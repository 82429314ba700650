import { type Static, Type } from '@sinclair/typebox';

const share = Type.Number({ minimum: 0, maximum: 1 });
const count = Type.Integer({ minimum: 0 });

/** How candidate pairs are found. Counts are keys a record, caps are records a key. */
export const BlockingSettings = Type.Object({
  /** Candidates a record lists. */
  candidates: Type.Integer({ minimum: 1 }),
  /** A key that more records of the corpus share than this is cut; identifiers (GTIN, brand with code, code) have a cap of their own. */
  cap: Type.Integer({ minimum: 2 }),
  identifierCap: Type.Integer({ minimum: 2 }),
  /** Candidates that share no identifier and whose 3-gram cosine is below this are not listed. */
  least: share,
  /** Members of a large identifier block that all its records are compared with: the shortest titles. Else near copies only list each other. */
  anchors: Type.Integer({ minimum: 0, maximum: 8 }),
  words: count,
  /** Words the snapshot does not know, or knows once, still make this many keys: two new records may share one. */
  newWords: count,
  grams: count,
  /** The rarest words whose pairs make keys. */
  pairedWords: count,
  detailCodes: count,
  prefixes: Type.Array(Type.Integer({ minimum: 3 })),
  /** Embedding buckets: bits of a bucket's key, and how many buckets. */
  bucketBits: Type.Integer({ minimum: 1, maximum: 30 }),
  buckets: count,
});
export type BlockingSettings = Static<typeof BlockingSettings>;

export const ForestData = Type.Object({
  bias: Type.Number(),
  /** Start of each tree in the node arrays; a tree's first node is its root. */
  roots: Type.Array(Type.Integer()),
  /** Feature of a node, -1 for a leaf. */
  feature: Type.Array(Type.Integer()),
  /** Threshold of a node (left when value <= threshold), value of a leaf in log-odds. */
  value: Type.Array(Type.Number()),
  left: Type.Array(Type.Integer()),
  right: Type.Array(Type.Integer()),
  /** 1 where a missing value goes left. */
  missingLeft: Type.Array(Type.Integer()),
});
export type ForestData = Static<typeof ForestData>;

/** Log-odds → calibrated log-odds by straight lines between knots, and level outside. */
export const CalibrationData = Type.Object({ from: Type.Array(Type.Number()), to: Type.Array(Type.Number()) });
export type CalibrationData = Static<typeof CalibrationData>;

export const LinearData = Type.Object({ bias: Type.Number(), weights: Type.Array(Type.Number()) });
export type LinearData = Static<typeof LinearData>;

export const ModelData = Type.Object({
  format: Type.Literal('assay-model'),
  version: Type.Literal(1),
  name: Type.String(),
  description: Type.String(),
  /** Names of the sets it was trained on, with pairs and positives. */
  trainedOn: Type.Array(Type.Object({ name: Type.String(), pairs: count, positives: count })),
  features: Type.Array(Type.String()),
  forest: ForestData,
  calibration: CalibrationData,
  thresholds: Type.Object({ match: share, review: share, floor: share }),
  exact: Type.Object({
    gtin: share,
    code: share,
    /** A code that more records of the snapshot carry than this decides nothing by itself. */
    codeRecords: count,
  }),
  blocking: BlockingSettings,
  embedding: Type.Object({
    dimensions: Type.Integer({ minimum: 8, maximum: 512 }),
    seed: Type.Integer(),
    /** Pairs whose fuzzy probability lies in this band are decided with the vectors' help. */
    band: Type.Tuple([share, share]),
    second: LinearData,
  }),
  /** Log-odds added per unit of margin over the best competitor, where sources list a product once. */
  margin: Type.Object({ weight: Type.Number(), low: Type.Number(), high: Type.Number() }),
  /** Clustering settings by name; what is left out is as clustering's defaults have it. */
  cluster: Type.Record(Type.String(), Type.Number()),
});
export type ModelData = Static<typeof ModelData>;
