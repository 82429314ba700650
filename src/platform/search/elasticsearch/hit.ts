import type { estypes } from '@elastic/elasticsearch';
import type { SearchDocument, SearchHit } from '../port.js';
import { highlight } from '../text/index.js';
import type { Reading } from './match.js';

export interface HitFields {
  document: SearchDocument;
}

export function toHit(hit: estypes.SearchHit<HitFields>, { clauses }: Reading): SearchHit[] {
  const document = hit._source?.document;
  if (document === undefined) return [];
  return [
    { goldenId: document.goldenId, score: hit._score ?? 0, document, highlight: highlight(document.title, clauses) },
  ];
}
