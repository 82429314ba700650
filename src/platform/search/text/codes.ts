import { normaliseCode, wellFormed } from '../../../harmonize/normalisers/index.js';

/** A whole code in any punctuation; zeros at the front are dropped, so that every spelling of a GTIN is one. */
export function codeLexeme(code: string): string | undefined {
  const plain = normaliseCode(code)
    .toLowerCase()
    .replace(/^0+(?=\d{5})/, '');
  const text = wellFormed(plain.slice(0, 64));
  return text.length > 1 ? `#${text}` : undefined;
}
