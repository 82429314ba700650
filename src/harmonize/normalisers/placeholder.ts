import { foldText } from './fold.js';
import { memo } from './memo.js';

/** What feeds write instead of leaving a field empty, folded, without punctuation. */
const WORDS = new Set(
  (
    'n a|na|nan|none|null|nil|undefined|unknown|unspecified|not specified|not available|not applicable|does not apply|' +
    'doesnt apply|no brand|unbranded|no name|generic|various|other|others|tbd|tba|empty|missing|see description|' +
    'unbekannt|keine angabe|ohne marke|nicht zutreffend|inconnu|sans marque|non applicable|non renseigne|' +
    'desconocido|no aplica|sin marca|no aplicable|sconosciuto|non disponibile|senza marca|onbekend|' +
    'nvt|n v t|geen|nieznany|brak|desconhecido|okand|ukendt|tuntematon|neznamy|' +
    'нет|нет данных|неизвестно|не указано|без бренда|не указан|невідомо|αγνωστο|לא ידוע|לא רלוונטי|אין|ללא|ללא מותג'
  )
    .split('|')
    .map(foldText),
);

/** The longest listed phrase, with some punctuation. */
const LONGEST = 24;
const NOISE = /[^\p{L}\p{N}]+/gu;
const NO_LETTER_OR_DIGIT = /^[^\p{L}\p{N}]*$/u;

/** True for text that says nothing: empty, punctuation only, "N/A", "does not apply", "unbekannt", "לא ידוע" and such. */
export function isPlaceholder(text: string): boolean {
  return text.length <= LONGEST && judge(text);
}

const judge = memo((text: string): boolean => {
  if (NO_LETTER_OR_DIGIT.test(text)) return true;
  // Every listed word is without digits.
  if (/\d/.test(text)) return false;
  return WORDS.has(foldText(text).replaceAll("'", '').replace(NOISE, ' ').trim());
});
