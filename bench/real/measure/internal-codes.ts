import { foldText } from '../../../src/harmonize/normalisers/index.js';
import type { StoredMember } from './store.js';

export interface SharedCodes {
  /** Pairs of two sources in one golden record that have an internal code in common and no GTIN. */
  pairs: number;
  /** Those whose titles do not even have three letters in a row in common: nothing but the code can have joined them. */
  codeOnly: [StoredMember, StoredMember][];
}

/** Internal codes identify within their source only; this looks for records of two sources that one may have joined. */
export function sharedInternalCodes(golden: Iterable<readonly StoredMember[]>): SharedCodes {
  const found: SharedCodes = { pairs: 0, codeOnly: [] };
  for (const members of golden)
    for (const [i, a] of members.entries())
      for (const b of members.slice(i + 1)) {
        if (a.source === b.source || a.gtins.some((gtin) => b.gtins.includes(gtin))) continue;
        if (!a.internalCodes.some((code) => b.internalCodes.includes(code))) continue;
        found.pairs++;
        const runs = new Set(runsOf(a.title));
        if (!runsOf(b.title).some((run) => runs.has(run))) found.codeOnly.push([a, b]);
      }
  return found;
}

function runsOf(title: string): string[] {
  const words = foldText(title).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => Array.from({ length: Math.max(1, word.length - 2) }, (_, i) => word.slice(i, i + 3)));
}
