import type { GoldenValues } from '../../../src/golden.js';
import { foldText } from '../../../src/harmonize/normalisers/index.js';

/** A fused record made by hand, as the set's CSV has it. */
export type FusedRecord = Readonly<Record<string, string>>;

export interface FusedRule {
  attribute: string;
  /** What counts as right, in words. */
  rule: string;
  right(golden: GoldenValues, fused: FusedRecord): boolean;
}

const text = (value: unknown) => (value === undefined ? '' : foldText(String(value)).replace(/[^\p{L}\p{N}]+/gu, ''));
const list = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(text);
const near = (a: unknown, b: string | undefined, by: number) =>
  typeof a === 'number' && b !== undefined && b !== '' && Math.abs(a - Number(b)) <= by + 1e-9;
const same = (attribute: string, read: (golden: GoldenValues) => unknown): FusedRule => ({
  attribute,
  rule: 'the same letters and digits, in any case',
  right: (golden, fused) => text(read(golden)) !== '' && text(read(golden)) === text(fused[attribute]),
});
const day = (golden: GoldenValues) => String(golden.attributes.release_date ?? '');

/** How golden records of games are held against the fused ones, attribute by attribute. A missing value is wrong. */
export const FUSED_RULES: readonly FusedRule[] = [
  same('name', (golden) => golden.title),
  {
    attribute: 'releaseYear',
    rule: 'the same year',
    right: (golden, fused) => day(golden) !== '' && day(golden).slice(0, 4) === fused.releaseYear?.slice(0, 4),
  },
  {
    attribute: 'releaseYear (day)',
    rule: 'the same day',
    right: (golden, fused) => day(golden) !== '' && day(golden).slice(0, 10) === fused.releaseYear,
  },
  same('developer', (golden) => golden.attributes.developer),
  {
    attribute: 'genres',
    rule: 'at least one genre in common',
    right: (golden, fused) => {
      const ours = new Set(list(golden.attributes.genres));
      return list(fused.genres?.split('|')).some((genre) => ours.has(genre));
    },
  },
  {
    attribute: 'genres (all)',
    rule: 'every fused genre is among ours',
    right: (golden, fused) => {
      const ours = new Set(list(golden.attributes.genres));
      return list(fused.genres?.split('|')).every((genre) => ours.has(genre));
    },
  },
  same('publisher', (golden) => golden.attributes.publisher),
  same('platform', (golden) => golden.attributes.platform),
  {
    attribute: 'criticScore',
    rule: 'within 0.5',
    right: (golden, fused) => near(golden.attributes.critic_score, fused.criticScore, 0.5),
  },
  {
    attribute: 'userScore',
    rule: 'within 0.1',
    right: (golden, fused) => near(golden.attributes.user_score, fused.userScore, 0.1),
  },
  same('ESRB', (golden) => golden.attributes.rating),
];

/** Right answers by attribute; a fused record without a golden record is wrong everywhere. */
export function fusedAccuracy(
  pairs: readonly { golden: GoldenValues | undefined; fused: FusedRecord }[],
): { attribute: string; rule: string; right: number; wrong: string[] }[] {
  return FUSED_RULES.map(({ attribute, rule, right }) => {
    const wrong = pairs.filter(({ golden, fused }) => golden === undefined || !right(golden, fused));
    return { attribute, rule, right: pairs.length - wrong.length, wrong: wrong.map(({ fused }) => fused.id ?? '') };
  });
}
