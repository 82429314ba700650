/** Letter classes and folding of text for matching. Folding keeps meaning for Latin, Hebrew, Cyrillic, Greek and digits of any script. */

export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;

const classes = new Uint8Array(65536);
const known = new Uint8Array(65536);
const letter = /^[\p{L}\p{Lo}]$/u;

for (let c = 0; c < 128; c++) {
  known[c] = 1;
  if (c >= 48 && c <= 57) classes[c] = DIGIT;
  else if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90)) classes[c] = LETTER;
}

/** Class of a UTF-16 unit: letter, digit or other. Surrogates count as letters, so that rare scripts keep their words whole. */
export function classOf(unit: number): number {
  if (known[unit] === 0) {
    known[unit] = 1;
    const isLetter = (unit >= 0xd800 && unit <= 0xdfff) || letter.test(String.fromCharCode(unit));
    classes[unit] = isLetter ? LETTER : OTHER;
  }
  return classes[unit] as number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII.
const ascii = /^[\u0000-\u007f]*$/;
const marks = /\p{M}+/gu;
const digits = /\p{Nd}/gu;

/** Value of a decimal digit of any script: digits come in runs of ten whose start is a multiple of 10 or 16 in their block. */
function digitValue(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 128) return character;
  let start = code;
  while (start > 0 && code - start < 9 && /\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
  return String(code - start);
}

/** Compatibility-decomposed, without marks, lower case, digits as ASCII. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(marks, '').toLowerCase().replace(/ß/g, 'ss').replace(digits, digitValue);
}
