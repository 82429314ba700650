import { longest } from './longest.js';
import { majority } from './majority.js';
import { manual } from './manual.js';
import { max } from './max.js';
import { mean } from './mean.js';
import { median } from './median.js';
import { min } from './min.js';
import { mostComplete } from './most-complete.js';
import { mostRecent } from './most-recent.js';
import type { SurvivorshipRule } from './rule.js';
import { sourcePriority } from './source-priority.js';
import { union } from './union.js';

export type { Candidate, Survivor, SurvivorshipRule } from './rule.js';

/** Every rule by name. A new rule is one file and one line here. */
export const RULES: ReadonlyMap<string, SurvivorshipRule> = new Map(
  [sourcePriority, mostRecent, mostComplete, longest, majority, min, max, mean, median, union, manual].map((rule) => [
    rule.name,
    rule,
  ]),
);
