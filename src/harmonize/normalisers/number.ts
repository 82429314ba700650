import { GLUED_FRACTION } from './characters.js';

/** Languages that write 1.299,00; the others write 1,299.00. */
const DECIMAL_COMMA = new Set(
  'af az be bg bs ca cs da de el es et eu fi fo fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi'.split(
    ' ',
  ),
);

/** Whether a locale ("de", "pt-BR", "de_AT") writes a decimal comma. Switzerland and Mexico write points. */
export function usesDecimalComma(locale: string): boolean {
  const [language, ...rest] = locale.toLowerCase().split(/[-_]/);
  if (rest.includes('ch') || rest.includes('li') || rest.includes('mx')) return false;
  return language !== undefined && DECIMAL_COMMA.has(language);
}

const PLAIN = /^\d+(?:\.\d{1,2})?$/;
const SPACE_GROUPS = /(\d)[\s'’٬](?=\d{3}(?:\D|$))/g;
const TRAILING_DASH = /[.,](?:-+|–|—)$/;

/** Arabic-Indic and Persian digits as ASCII, full-width ones by NFKC. */
export function asciiDigits(text: string): string {
  return text
    .replace(GLUED_FRACTION, '$1 $2')
    .normalize('NFKC')
    .replace(/[\u0660-\u0669]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x0660 + 48))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0x06f0 + 48))
    .replaceAll('٫', '.');
}

/** "1.299" or "1,299": a group of three after one to three digits, so either mark may be meant. */
function resolveSingle(text: string, mark: '.' | ',', decimalComma: boolean | undefined): string {
  const at = text.indexOf(mark);
  if (text.indexOf(mark, at + 1) >= 0) return text.replaceAll(mark, '');
  const grouped = text.length - at - 1 === 3 && at >= 1 && at <= 3 && text[0] !== '0';
  const decimal = decimalComma === undefined ? mark === '.' : decimalComma === (mark === ',');
  if (grouped && !decimal) return text.replace(mark, '');
  // "12,5" has no other reading than a decimal, whatever the locale.
  return text.replace(mark, '.');
}

/**
 * A non-negative number as people write it: "1,299.00", "1.299,00", "1 299,5", "1'299", "12,99", "1,29,900", "5,-". With both marks
 * the last is the decimal one. "1.299" is decided by the locale; without one the point is decimal and the comma groups.
 * Undefined when the text is not one number.
 */
export function parseNumber(text: string, locale?: string): number | undefined {
  if (PLAIN.test(text) && (locale === undefined || !text.includes('.') || text.length - text.indexOf('.') !== 4))
    return Number(text);
  let number = text.trim().replace(TRAILING_DASH, '').replace(SPACE_GROUPS, '$1');
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(number)) return undefined;
  number = number.replace(/[.,]$/, '');
  const point = number.lastIndexOf('.');
  const comma = number.lastIndexOf(',');
  if (point >= 0 && comma >= 0) {
    number = point > comma ? number.replaceAll(',', '') : number.replaceAll('.', '').replace(',', '.');
  } else if (point >= 0)
    number = resolveSingle(number, '.', locale === undefined ? undefined : usesDecimalComma(locale));
  else if (comma >= 0) number = resolveSingle(number, ',', locale === undefined ? undefined : usesDecimalComma(locale));
  const value = Number(number);
  return Number.isFinite(value) ? value : undefined;
}
