import { foldText } from './fold.js';
import { isPlaceholder } from './placeholder.js';
import { cleanText } from './text.js';

/** Legal forms and corporate words that end a maker's name and do not tell makers apart; folded, without punctuation. */
const ENDINGS = new Set(
  (
    'inc incorporated corp corporation co company companies ltd limited llc llp lp plc gmbh mbh ag kg kgaa ohg ug se sa sas ' +
    'sarl srl spa sl slu bv nv oy oyj ab as aps asa kk pty pte pvt sdn bhd sro doo zrt kft intl international usa group ' +
    'holding holdings electronics electronic technology technologies deutschland europe and ооо оао зао пао ао тоо αε επε בעמ'
  ).split(' '),
);

/** Names of one maker that no rule joins. */
const ALIASES: Record<string, string> = {
  'hewlett packard': 'hp',
  'western digital': 'wd',
  'general electric': 'ge',
  'black decker': 'black and decker',
  'procter gamble': 'procter and gamble',
  'lg electronics': 'lg',
};

const APOSTROPHE = /['.]/g;
const JOINER = /\s*[&+]\s*/g;
const NOISE = /[^\p{L}\p{N}]+/gu;
const QUOTES = /^["'\s]+|["'\s]+$/g;

/** A brand as it is shown: clean, without enclosing quotes; empty for placeholders ("N/A", "no brand"). */
export function displayBrand(text: string): string {
  const clean = cleanText(text).replace(QUOTES, '');
  return isPlaceholder(clean) ? '' : clean;
}

/**
 * A brand as it is compared: folded, "&" spelt out, punctuation and legal forms dropped ("Bosch GmbH" → "bosch",
 * "L'Oréal S.A." → "loreal", "BLACK+DECKER" → "black and decker"). Empty for placeholders.
 */
export function normaliseBrand(text: string): string {
  if (isPlaceholder(text)) return '';
  const words = foldText(text)
    .replace(APOSTROPHE, '')
    .replaceAll('"', '')
    .replace(JOINER, ' and ')
    .replace(NOISE, ' ')
    .trim()
    .split(' ');
  if (words.length > 1 && words[0] === 'the') words.shift();
  while (words.length > 1 && ENDINGS.has(words[words.length - 1] ?? '')) words.pop();
  const name = words.join(' ');
  return ALIASES[name] ?? name;
}
