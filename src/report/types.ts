/** The reconciliation report as data: what `assay report --json` prints and every renderer reads. Plain JSON. */

/** What the report needs of the configuration. */
export interface ReportConfig {
  sources: readonly { name: string; unique: boolean }[];
}

export interface Report {
  /** ISO 8601, wall clock. */
  generatedAt: string;
  /** The run whose counters and changes are told; null before the first run. */
  run: RunInfo | null;
  totals: Totals;
  sources: SourceFigures[];
  steps: StepFigures[];
  fields: FieldFigures[];
  /** Values that the harmonizer could not read in this run, by field. */
  invalid: { source: string; field: string; count: number }[];
  duplicates: DuplicateFigures[];
  /** Matched pairs of live records by the sources of their ends; `a` = `b` inside a source. */
  matches: MatchFigures[];
  golden: GoldenFigures;
  overlap: Overlap;
  conflicts: Conflicts;
  changes: Changes;
  review: Review;
  deadLetters: DeadLetterFigures;
  worst: Worst;
  /** Candidate pairs of the run by kind of key; no kinds where the run saw only neighbourhoods. */
  candidates: CandidateFigures;
  snapshot: SnapshotAge | null;
}

export interface RunInfo {
  id: number;
  kind: string;
  status: string;
  startedAt: string;
  finishedAt: string | null;
  /** Null while it runs. */
  seconds: number | null;
  /** Seconds of every step, the slowest first. */
  steps: { step: string; seconds: number }[];
  /** Of all threads of the process that ran it, and the most memory that process held; null where it was not written down. */
  resources: { cpuSeconds: number; peakMemoryMb: number } | null;
  /** What the run had to say besides counts: a source that could not be read, a guard that held withdrawals back. */
  notices: { source: string; code: string; message: string }[];
  /** Why it failed; null when it did not. */
  error: string | null;
}

export interface Totals {
  sources: number;
  /** Live records: neither withdrawn nor forgotten. */
  records: number;
  withdrawnRecords: number;
  /** Live records that no golden record has taken in yet. */
  unresolvedRecords: number;
  goldenRecords: number;
  openDeadLetters: number;
  reviewPairs: number;
}

export interface SourceFigures {
  source: string;
  /** Named by a file in config/sources. A source that is no longer configured keeps its records. */
  configured: boolean;
  /** Lists each product once, as its file says. */
  unique: boolean;
  /** Records that the feed listed in this run. */
  received: number;
  new: number;
  changed: number;
  unchanged: number;
  withdrawn: number;
  /** Records of this run that went to the dead letters, by ingest and harmonize. */
  quarantined: number;
  /** Records that a guard kept from being withdrawn in this run. */
  withdrawalsHeld: number;
  liveRecords: number;
  withdrawnRecords: number;
  goldenRecords: number;
  openDeadLetters: number;
}

/** One counter of the run, as the step counted it. */
export interface StepFigures {
  step: string;
  source: string;
  outcome: string;
  count: number;
}

export interface FieldFigures {
  source: string;
  field: string;
  /** Live records in which the field has a value that could be read. */
  filled: number;
  records: number;
  /** 0..1; 0 for a source without records. */
  share: number;
}

export interface DuplicateFigures {
  source: string;
  records: number;
  /** Distinct golden records that these records are. */
  goldenRecords: number;
  /** Records beyond the first of each golden record. */
  duplicates: number;
  /** Golden records that hold two or more records of the source. */
  groups: number;
  /** Records of the source in its largest group. */
  largest: number;
}

export const STAGES = ['exact', 'fuzzy', 'embedding', 'steward'] as const;
export type Stage = (typeof STAGES)[number];

export interface MatchFigures extends Record<Stage, number> {
  a: string;
  b: string;
  total: number;
  /** Of the total, pairs that ended in different golden records, because clustering refused to join them. */
  apart: number;
}

export interface GoldenFigures {
  total: number;
  meanQuality: number;
  largest: number;
  bySources: { sources: number; goldenRecords: number }[];
  byRecords: { records: number; goldenRecords: number }[];
}

export interface Overlap {
  sources: string[];
  /** Golden records that both sources share, in the order of `sources`; on the diagonal, golden records of the source. */
  cells: number[][];
}

export interface Conflicts {
  /** Prices of one currency conflict when the greatest exceeds the smallest by more than this share. */
  priceTolerance: number;
  prices: PriceConflicts[];
  attributes: AttributeConflicts[];
  /** Attributes beyond those listed, which have the most conflicts. */
  attributesLeftOut: { attributes: number; conflicting: number };
}

export interface PriceConflicts {
  /** ISO 4217; empty where the sources give none. */
  currency: string;
  /** Golden records with two or more prices in this currency. */
  compared: number;
  conflicting: number;
  /** (greatest - smallest) / smallest, of the conflicting ones. */
  medianSpread: number;
  examples: ConflictExample[];
}

export interface AttributeConflicts {
  attribute: string;
  /** Golden records in which two or more records have a value. */
  compared: number;
  conflicting: number;
  examples: ConflictExample[];
}

export interface ConflictExample {
  goldenId: string;
  title: string;
  /** The value that the golden record shows; null when it shows none. */
  taken: unknown;
  /** In key order; records without a value are left out. */
  values: { source: string; sourceId: string; value: unknown }[];
  /** Records of the golden record that were not looked at, because there are so many. */
  moreRecords: number;
}

export interface Changes {
  /** Of the run's summary: what became of golden records. */
  created: number;
  changed: number;
  retired: number;
  /** Of the run's change list. */
  merged: number;
  split: number;
  moved: number;
  withdrawn: number;
  priceChanges: number;
  attributeChanges: number;
  examples: ChangeExample[];
}

export interface ChangeExample {
  kind: string;
  goldenId: string;
  title: string;
  source: string;
  sourceId: string;
  before: unknown;
  after: unknown;
}

export interface Review {
  pairs: number;
  byStage: { stage: string; pairs: number }[];
  examples: PairExample[];
}

export interface PairExample {
  probability: number;
  stage: string;
  a: { source: string; sourceId: string; title: string };
  b: { source: string; sourceId: string; title: string };
}

export interface DeadLetterFigures {
  open: number;
  retried: number;
  dropped: number;
  bySource: { source: string; open: number }[];
  byCode: { code: string; step: string; open: number; example: { id: string; source: string; reason: string } }[];
}

export interface Worst {
  lowestQuality: GoldenExample[];
  largestClusters: GoldenExample[];
  /** Matched pairs that clustering refused to follow, by reason, with the most probable of each. */
  refusedEdges: { reason: string; pairs: number; example: PairExample }[];
}

export interface CandidateFigures {
  pairs: number;
  kinds: {
    kind: string;
    pairs: number;
    /** Pairs that share no key of another kind. */
    only: number;
    /** Keys that more records share than the model's cap allows, and the records that lost such a key. */
    cutKeys: number;
    cutRecords: number;
  }[];
}

export interface GoldenExample {
  goldenId: string;
  title: string;
  records: number;
  sources: string[];
  quality: number;
}

export interface SnapshotAge {
  id: string;
  model: string;
  takenAt: string;
  recordsThen: number;
  recordsNow: number;
  /** recordsNow / recordsThen - 1; 0 when the snapshot saw no records. */
  growth: number;
}
