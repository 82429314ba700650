import { foldText, wellFormed } from '../../../harmonize/normalisers/index.js';
import { FACETS, type Facet, type SearchDocument } from '../port.js';
import { documentText, type Token } from '../text/index.js';
import { coverOf, spreadOf } from './score.js';

/** What Elasticsearch is sent for a document; see layout.ts. */
export interface DocumentSource {
  goldenId: string;
  removed: false;
  title: string;
  brand: string;
  all: string;
  edges: string;
  codes: string[];
  brandKey: string[];
  facets: Partial<Record<Facet, string[]>>;
  price?: number;
  priced: 0 | 1;
  updatedAt: string;
  titleKey: string;
  rank: number;
  cover: number;
  spread: number;
  document: SearchDocument;
}

/** A removed document. Its version is that of Elasticsearch. */
export interface RemovedSource {
  goldenId: string;
  removed: true;
  removedAt: string;
}

export function toSource(document: SearchDocument): DocumentSource {
  const { title, brand, category, rest, codes, facets, rank, titleKey } = documentText(document);
  const all = [...title, ...brand, ...category, ...rest];
  const values = FACETS.filter((field) => facets[field].length > 0).map((field) => [
    field,
    facets[field].map(wellFormed),
  ]);
  return {
    goldenId: document.goldenId,
    removed: false,
    title: words(title),
    brand: words(brand),
    all: `${words(all)} ${measures(all)}`,
    edges: all
      .filter(({ kind }) => kind === 'code')
      .flatMap(ends)
      .join(' '),
    codes: codes.map((code) => code.slice(1)),
    brandKey: document.brand === undefined ? [] : [foldText(document.brand)],
    facets: Object.fromEntries(values) as DocumentSource['facets'],
    ...(document.price === undefined ? {} : { price: document.price }),
    priced: document.price === undefined ? 0 : 1,
    updatedAt: document.updatedAt,
    titleKey,
    rank,
    cover: coverOf(title.length),
    spread: spreadOf(document.sources.length),
    document,
  };
}

const words = (tokens: readonly Token[]): string => tokens.map(written).join(' ');

/** A token as the analyser takes it: parts joined by hyphens, measures and numbers whole. */
export function written({ kind, text, parts }: Token): string {
  return kind === 'measure' || kind === 'number' ? text : parts.join('-');
}

/** Numbers and units of measures, by which they are found too. */
function measures(tokens: readonly Token[]): string {
  return [...new Set(tokens.filter(({ kind }) => kind === 'measure').flatMap(({ parts }) => parts))].join(' ');
}

/** Beyond these parts a number is found by its beginning only, as in the other index. */
const MOST_PARTS = 6;

/** A part number and what is left of it without its first parts: "wh1000xm4", "1000xm4", "xm4", "4". */
function ends({ parts }: Token): string[] {
  return parts.slice(0, parts.length > MOST_PARTS ? 1 : MOST_PARTS).map((_, from) => parts.slice(from).join(''));
}
