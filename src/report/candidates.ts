import { child, figure, type Json } from './summary.js';
import type { CandidateFigures } from './types.js';

/** The matcher's candidate report out of a run's summary. */
export function candidateFigures(summary: unknown): CandidateFigures {
  const told = child(child({ summary }, 'summary'), 'candidates');
  const kinds = Array.isArray(told.kinds) ? (told.kinds as Json[]) : [];
  return {
    pairs: figure(told, 'pairs'),
    kinds: kinds.map((row) => ({
      kind: String(row.kind),
      pairs: figure(row, 'pairs'),
      only: figure(row, 'only'),
      cutKeys: figure(row, 'cutKeys'),
      cutRecords: figure(row, 'cutRecords'),
    })),
  };
}
