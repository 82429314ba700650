import type { estypes } from '@elastic/elasticsearch';
import type { SearchDocument, SearchHit } from '../port.js';
import { type Clause, highlight, lexemesOf, tokenise } from '../text/index.js';
import { LANGUAGE_CODES } from './languages.js';
import type { Reading } from './reading.js';
import { anyOf, inflected } from './ways.js';

export interface HitFields {
  document: SearchDocument;
}

const [BEGIN, END] = ['\u0002', '\u0003'];
const MARKED = new RegExp(`${BEGIN}([^${END}]*)${END}`, 'g');

/** Asks which words of the title are inflections of the query's: stemmers are the server's. */
export function marksOf({ clauses, inflections }: Reading): { highlight?: estypes.SearchHighlight } {
  const words = clauses.filter(({ word }) => word);
  if (!inflections || words.length === 0) return {};
  return {
    highlight: {
      pre_tags: [BEGIN],
      post_tags: [END],
      number_of_fragments: 0,
      highlight_query: anyOf(words.map(({ text }) => inflected('title', text))),
      fields: Object.fromEntries(LANGUAGE_CODES.map((code) => [`title.${code}`, {}])),
    },
  };
}

export function toHit(hit: estypes.SearchHit<HitFields>, { clauses }: Reading): SearchHit[] {
  const document = hit._source?.document;
  if (document === undefined) return [];
  const { goldenId, title } = document;
  return [{ goldenId, score: hit._score ?? 0, document, highlight: highlight(title, [...clauses, ...marked(hit)]) }];
}

/** The words that the server marked, as if they had been asked for. */
function marked({ highlight: texts }: estypes.SearchHit<HitFields>): Clause[] {
  const words = Object.values(texts ?? {})
    .flat()
    .flatMap((text) => [...text.matchAll(MARKED)].map(([, word]) => word ?? ''));
  const lexemes = new Set(words.flatMap(tokenise).flatMap(lexemesOf));
  if (lexemes.size === 0) return [];
  return [{ text: '', last: false, alternatives: [...lexemes].map((lexeme) => ({ lexemes: [lexeme], quality: 1 })) }];
}
