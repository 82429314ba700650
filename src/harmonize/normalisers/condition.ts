import type { CanonicalProduct } from '../../records.js';
import { foldPattern, foldText } from './fold.js';

type Condition = NonNullable<CanonicalProduct['condition']>;

/** Words of each condition, folded; the first list that has one decides, so "used - damaged" is damaged. */
const PATTERNS: readonly (readonly [Condition, RegExp])[] = [
  [
    'damaged',
    /damag|defect|broken|for parts|not working|salvage|beschadigt|defekt|abime|danad|guasto|kapot|поврежд|неисправ|פגום|תקול/,
  ],
  [
    'refurbished',
    /refurb|renewed|recondition|remanufactur|generaluberholt|reconditionne|reacondicionad|ricondizionat|gereviseerd|восстановлен|מחודש/,
  ],
  [
    'used',
    /\bused\b|pre-?owned|pre-?loved|second.?hand|gebraucht|occasion|\busad[oa]\b|\busato\b|tweedehands|uzywan|подержан|б\/у|משומש|יד שנ/,
  ],
  [
    'new',
    /\bnew\b|brand.?new|unused|\bneu\b|neuware|neuf|neuve|\bnuev[oa]\b|\bnuovo\b|\bnieuw\b|\bnowy\b|\bnov[oy]\b|\bny\b|новый|новое|новая|חדש|newcondition/,
  ],
];
const WORDS = PATTERNS.map(([name, words]) => [name, foldPattern(words)] as const);
const LIKE_NEW = foldPattern(/like.?new|as.?new|wie neu|open.?box|comme neuf|как новый|כמו חדש/);

/** One of the four conditions from what a shop writes ("Brand New", "gebraucht", "schema.org/UsedCondition"); else undefined. */
export function normaliseCondition(text: string): Condition | undefined {
  const folded = foldText(text)
    .replace(/usedcondition/, 'used')
    .replace(/newcondition/, 'new');
  if (LIKE_NEW.test(folded)) return 'used';
  return WORDS.find(([, words]) => words.test(folded))?.[0];
}
