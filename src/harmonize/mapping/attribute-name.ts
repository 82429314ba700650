import { foldText } from '../normalisers/index.js';

const LONGEST = 80;
/** Feeds repeat a few thousand names; a feed of ever new ones must not grow the memory. */
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, string>();

/** An attribute's name in one spelling: folded, words joined by "_" ("Screen Size (in.)" → "screen_size_in"). Empty when nothing is left. */
export function attributeName(raw: string): string {
  const known = remembered.get(raw);
  if (known !== undefined) return known;
  const name = foldText(raw.slice(0, 4 * LONGEST))
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, LONGEST)
    .replace(/\p{Cs}$|_+$/gu, '');
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (raw.length <= LONGEST) remembered.set(raw, name);
  return name;
}

/** A test for names by exact name or with `*` for any part, in any spelling. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map(attributeName));
  const wild = patterns
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => {
      const parts = pattern.split('*').map((part) => foldText(part).replace(/[^\p{L}\p{N}\p{M}]+/gu, '_'));
      return new RegExp(`^${parts.join('.*')}$`, 'u');
    });
  return (name) => exact.has(name) || wild.some((pattern) => pattern.test(name));
}
