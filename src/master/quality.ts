import type { GoldenValues, Lineage } from '../golden.js';

/** What a good catalogue entry has, and how much each part counts. */
const WEIGHTS: readonly [(values: GoldenValues) => boolean, number][] = [
  [(values) => values.title.length > 3, 2],
  [(values) => values.brand !== undefined, 2],
  [(values) => values.gtins.length > 0, 3],
  [(values) => values.model !== undefined || values.mpn !== undefined, 2],
  [(values) => values.category !== undefined, 1],
  [(values) => values.price !== undefined, 1],
  [(values) => values.description !== undefined, 1],
  [(values) => values.images.length > 0, 1],
];

/** Attributes that sources ought to agree on: what is left out says something else every day or is free text. */
const COMPARED = ['brand', 'model', 'mpn', 'gtins', 'colour', 'size', 'quantity', 'condition'];

const TOTAL = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);
const AGREEMENT_SHARE = 0.25;

/** 0..1, to four digits: what is filled (three quarters), and how far the records agree where several speak (one quarter). */
export function qualityOf(values: GoldenValues, lineage: Lineage): number {
  let have = 0;
  for (const [test, weight] of WEIGHTS) if (test(values)) have += weight;
  let agreement = 0;
  let asked = 0;
  for (const path of COMPARED) {
    const line = lineage[path];
    if (line === undefined || line.from.length + line.others.length < 2) continue;
    asked++;
    agreement += line.from.length / (line.from.length + line.others.length);
  }
  const agreed = asked === 0 ? 1 : agreement / asked;
  return Math.round(((1 - AGREEMENT_SHARE) * (have / TOTAL) + AGREEMENT_SHARE * agreed) * 1e4) / 1e4;
}
