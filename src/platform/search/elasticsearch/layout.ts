import type { estypes } from '@elastic/elasticsearch';
import { hashHex } from '../../../hash.js';
import { FACETS } from '../port.js';
import { LANGUAGE_CODES, LANGUAGES } from './languages.js';
import { SAMPLE } from './sample.js';
import { toSource } from './source.js';

/**
 * Texts come as the words that `tokenise` makes: folded, units in one spelling, parts joined by hyphens. So both indices
 * agree on what a word is, and what is left to do here is to take part numbers apart and to stem.
 */
const ANALYSIS: estypes.IndicesIndexSettingsAnalysis = {
  filter: {
    // A point is part of a number ("2.5kg"); hyphens alone separate. Letters and digits were separated before.
    parts: {
      type: 'word_delimiter_graph',
      catenate_all: true,
      split_on_case_change: false,
      split_on_numerics: false,
      stem_english_possessive: false,
      type_table: ['. => DIGIT', "' => ALPHA", '" => ALPHA'],
    },
    beginnings: { type: 'edge_ngram', min_gram: 1, max_gram: 64, preserve_original: true },
    ...Object.fromEntries(
      Object.entries(LANGUAGES).map(([code, language]) => [`stem_${code}`, { type: 'stemmer' as const, language }]),
    ),
  },
  analyzer: {
    // "noise-cancelling": noise, cancelling, noisecancelling; "wh-1000-xm-4": its parts in a row, and wh1000xm4.
    product: { type: 'custom', tokenizer: 'whitespace', filter: ['parts', 'flatten_graph'] },
    product_query: { type: 'custom', tokenizer: 'whitespace', filter: [] },
    part_number_beginning: { type: 'custom', tokenizer: 'whitespace', filter: ['beginnings', 'unique'] },
    ...Object.fromEntries(
      LANGUAGE_CODES.flatMap((code) => [
        [
          `product_${code}`,
          {
            type: 'custom' as const,
            tokenizer: 'whitespace',
            filter: ['parts', 'flatten_graph', `stem_${code}`],
          },
        ],
        [`product_${code}_query`, { type: 'custom' as const, tokenizer: 'whitespace', filter: [`stem_${code}`] }],
      ]),
    ),
  },
};

const stems = Object.fromEntries(
  LANGUAGE_CODES.map((code) => [
    code,
    {
      type: 'text' as const,
      analyzer: `product_${code}`,
      search_analyzer: `product_${code}_query`,
      norms: false,
    },
  ]),
);

const words = { type: 'text' as const, analyzer: 'product', search_analyzer: 'product_query', norms: false };
const keyword = { type: 'keyword' as const, ignore_above: 8000 };

const PROPERTIES: Record<string, estypes.MappingProperty> = {
  goldenId: { type: 'keyword' },
  /** A removed document: only its version counts, so that an older event does not bring it back. */
  removed: { type: 'boolean' },
  removedAt: { type: 'date' },
  title: { ...words, index_prefixes: {}, fields: stems },
  brand: { ...words, index_prefixes: {} },
  all: { ...words, index_prefixes: {}, fields: stems },
  /** Part numbers and every end of them, by their beginnings: the start of any run of parts. */
  edges: {
    type: 'text',
    analyzer: 'part_number_beginning',
    search_analyzer: 'product_query',
    index_options: 'docs',
    norms: false,
  },
  /** Part numbers without separators. */
  codes: keyword,
  brandKey: keyword,
  facets: { properties: Object.fromEntries(FACETS.map((field) => [field, keyword])) },
  price: { type: 'double' },
  priced: { type: 'byte' },
  updatedAt: { type: 'date' },
  titleKey: keyword,
  rank: { type: 'float' },
  /** What a word in the title adds to the score, and what many sources do: see score.ts. */
  cover: { type: 'float', index: false },
  spread: { type: 'float', index: false },
  document: { type: 'object', enabled: false },
};

export const SETTINGS: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  // A second copy as soon as there is a second server; one server alone is not "yellow" for lack of it.
  auto_expand_replicas: '0-1',
  refresh_interval: '1s',
  // What was removed is kept as a document; only what was forgotten without a trace is deleted, and may come back.
  gc_deletes: '0s',
  analysis: ANALYSIS,
};

export function mappings(): estypes.MappingTypeMapping {
  return {
    dynamic: false,
    // The words are made from the document again when they are needed.
    _source: { excludes: ['all', 'edges'] },
    _meta: { assay: { layout: LAYOUT } },
    properties: PROPERTIES,
  };
}

/**
 * Tells indices of another form: a hash of the settings, the fields, and what `toSource` makes of a sample, so that other rules for
 * words give another layout too. Synonyms are no part of it: they are applied to the query, and a changed file holds at once.
 */
export const LAYOUT: string = hashHex(JSON.stringify([SETTINGS, PROPERTIES, toSource(SAMPLE)]));
