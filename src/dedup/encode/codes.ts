import { classOf, DIGIT, fold, LETTER } from './fold.js';
import { EMPTY_VALUES } from './words.js';

/** Letters and digits of a code, folded; empty when the field holds a filler ("n/a"). */
export function squashCode(text: string): string {
  const s = fold(text);
  let out = '';
  for (let i = 0; i < s.length; i++) if (classOf(s.charCodeAt(i)) !== 0) out += s[i];
  return EMPTY_VALUES.has(out) || /^(.)\1*$/.test(out) ? '' : out;
}

/** Whether a run of text can be a model or part number: letters and digits mixed, or five digits and more; ordinals cannot. */
export function looksLikeCode(text: string): boolean {
  let digits = 0;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const kind = classOf(text.charCodeAt(i));
    if (kind === DIGIT) digits++;
    else if (kind === LETTER) letters++;
    else return false;
  }
  if (digits === 0) return false;
  if (letters === 0) return digits >= 5 && digits <= 11;
  if (digits + letters < 3) return false;
  return !/^\d+(?:st|nd|rd|th|p|x\d+|d|k|in1)$/.test(text);
}
