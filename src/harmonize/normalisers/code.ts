/** Cyrillic and Greek capitals that look like Latin ones; part numbers typed on such keyboards hold them. */
const LOOKALIKE: Record<string, string> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
};
const LOOKALIKES = new RegExp(`[${Object.keys(LOOKALIKE).join('')}]`, 'g');
const NOISE = /[^\p{L}\p{N}+]+/gu;

function normaliseOther(text: string): string {
  let code = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(NOISE, '');
  // Only where a Latin letter or a digit stands beside them: a word in Cyrillic is a word.
  if (/[A-Z\d]/.test(code)) {
    const latin = code.replace(LOOKALIKES, (char) => LOOKALIKE[char] ?? char);
    if (/^[A-Z\d+]*$/.test(latin)) code = latin;
  }
  return code.replaceAll('+', 'PLUS');
}

/**
 * A model or part number as it is compared: upper case, separators removed ("wh-1000 XM4" → "WH1000XM4"), a plus sign
 * spelt out ("S10+" and "S10 Plus" are one), lookalike letters of other scripts made Latin. Empty when nothing is left.
 */
export function normaliseCode(text: string): string {
  return /^[A-Z\d]*$/.test(text) ? text : normaliseOther(text);
}
