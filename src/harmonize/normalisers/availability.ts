import type { CanonicalProduct } from '../../records.js';
import { foldPattern, foldText } from './fold.js';

type Availability = NonNullable<CanonicalProduct['availability']>;

/** In order: "not in stock" must be read before "in stock". Folded, with underscores and hyphens as spaces. */
const PATTERNS: readonly (readonly [Availability, RegExp])[] = [
  ['discontinued', /discontinu|no longer|end of life|eingestellt|obsolete|descatalogad|снят с/],
  ['preorder', /pre ?order|coming soon|vorbestell|precommande|reserva|предзаказ|הזמנה מוקדמת/],
  [
    'out_of_stock',
    /out ?of ?stock|not in stock|sold ?out|unavailable|not available|no stock|ausverkauft|nicht (?:verfugbar|lieferbar|vorratig)|rupture|indisponible|agotado|sin stock|no disponible|esaurito|non disponibile|uitverkocht|niet op voorraad|niedostepny|нет в наличии|нет на складе|отсутствует|אזל|חסר|לא במלאי|לא זמין|back ?order/,
  ],
  [
    'in_stock',
    /in ?stock|available|in store|limited|auf lager|lieferbar|verfugbar|vorratig|en stock|disponible|disponibile|en existencia|op voorraad|dostepny|na sklade|в наличии|есть|במלאי|זמין|instoreonly|onlineonly|ready/,
  ],
];
const WORDS = PATTERNS.map(([name, words]) => [name, foldPattern(words)] as const);
const YES = /^(?:1|true|yes|y|ja|oui|si|да|כן)$/;
const NO = /^(?:0|false|no|n|nein|non|нет|לא)$/;
const NUMBER = /^\d+(?:[.,]\d+)?$/;

/** One of the four availabilities from a shop's words, a flag, a stock count or a schema.org address; else undefined. */
export function normaliseAvailability(text: string): Availability | undefined {
  const folded = foldText(text).replace(/[_-]+/g, ' ');
  if (YES.test(folded)) return 'in_stock';
  if (NO.test(folded)) return 'out_of_stock';
  if (NUMBER.test(folded)) return Number(folded.replace(',', '.')) > 0 ? 'in_stock' : 'out_of_stock';
  return WORDS.find(([, words]) => words.test(folded))?.[0];
}
