import { cleanText } from './text.js';

const SEPARATOR = /\s*(?:>+|»|›|→|\|+|\s\/\s|\\|::|;)\s*/;
const SLASHES = /^[^/>|»]+(?:\/[^/>|»]+)+$/;
/** "TV/Video" is one shelf, "Home/Kitchen/Pans" a path. */
const FEWEST_SLASHES = 2;

/** A category path from the widest to the narrowest: split on `>`, `»`, `|`, ` / `, `;` and on `/` where there are several. */
export function splitCategory(text: string): string[] {
  const clean = cleanText(text);
  let parts = clean.split(SEPARATOR);
  if (parts.length === 1 && SLASHES.test(clean) && clean.split('/').length > FEWEST_SLASHES) parts = clean.split('/');
  const out: string[] = [];
  for (const part of parts) {
    const name = part.trim();
    if (name !== '' && name !== out[out.length - 1]) out.push(name);
  }
  return out;
}
