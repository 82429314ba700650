/** Golden records as they are stored, served and reported. */
import type { CanonicalProduct, RecordKey } from './records.js';

/** The surviving values: a product's fields without the source timestamps. */
export type GoldenValues = Omit<CanonicalProduct, 'createdAt' | 'updatedAt' | 'internalCodes'>;

/** Where a surviving value came from, and what was not taken. */
export interface AttributeLineage {
  /** Name of the survivorship rule that decided. */
  rule: string;
  /** Records that hold the surviving value; several when they agree or the rule combines them. */
  from: RecordKey[];
  /** The other records' values, in key order. */
  others: { source: string; sourceId: string; value: unknown }[];
}

/** By attribute path: `title`, `price`, `attributes.platform`, `variants.edition`. */
export type Lineage = Record<string, AttributeLineage>;

export interface GoldenRecord {
  goldenId: string;
  /** Grows by one with every change. */
  version: number;
  values: GoldenValues;
  lineage: Lineage;
  /** In key order. */
  members: RecordKey[];
  sources: string[];
  /** 0..1: filled attributes, valid identifiers, agreement between sources. */
  quality: number;
  /** ISO 8601. */
  validFrom: string;
  /** Absent: current. */
  validTo?: string;
}

/** Value of a message of the `golden` topic (key: golden id; null: no longer a golden record). */
export interface GoldenEvent {
  goldenId: string;
  version: number;
  change: 'created' | 'changed' | 'merged' | 'split' | 'retired';
  values: GoldenValues;
  members: RecordKey[];
  sources: string[];
  validFrom: string;
}
