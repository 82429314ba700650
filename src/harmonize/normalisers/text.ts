import { GLUED_FRACTION, INVISIBLE, SPACES, wellFormed } from './characters.js';
import { decodeEntities, stripHtml } from './html.js';
import { repairMojibake } from './mojibake.js';

/** Printable ASCII, single inner spaces, nothing to decode: the common case, returned as it is. */
const PLAIN = /^[!-%'-~]+(?: [!-%'-~]+)*$/;
/** NFKC turns these into letters ("SonyTM"); they are no part of a name. */
const TRADEMARK = /[\u2120\u2122]/g;

/**
 * A value fit to be shown, compared and stored: well-formed Unicode in NFKC without control or invisible characters,
 * entities decoded, mojibake repaired where that is safe, spaces collapsed. Tags stay; see `cleanRichText`.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  let out = repairMojibake(decodeEntities(wellFormed(text)));
  out = out.replace(INVISIBLE, '').replace(TRADEMARK, '').replace(GLUED_FRACTION, '$1 $2');
  return out.normalize('NFKC').replaceAll('\u2044', '/').replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}

/** `cleanText` of an HTML fragment's text. */
export function cleanRichText(text: string): string {
  if (PLAIN.test(text) && !text.includes('<')) return text;
  return cleanText(stripHtml(text));
}
