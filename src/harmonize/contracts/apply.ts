import type { Deviation } from './contract.js';

/** What is to be done with a record. */
export type Verdict =
  | { action: 'map'; accepted: readonly Deviation[] }
  | { action: 'quarantine'; reason: string }
  | { action: 'stop'; reason: string };

const CLEAN: Verdict = { action: 'map', accepted: [] };
/** Reasons told one by one; a record that has nothing to do with its contract breaks hundreds of rules. */
const MOST_REASONS = 10;

/** Judges a record's deviations: the strictest policy decides. Fields that are to be ignored are emptied in the record, which the caller owns. */
export function judge(deviations: readonly Deviation[]): Verdict {
  if (deviations.length === 0) return CLEAN;
  const stopping = deviations.find(({ policy }) => policy === 'stop');
  if (stopping !== undefined) return { action: 'stop', reason: stopping.reason };
  const refused = deviations.filter(({ policy }) => policy === 'quarantine');
  if (refused.length > 0) {
    const more = refused.length > MOST_REASONS ? `; and ${refused.length - MOST_REASONS} more` : '';
    const told = refused.slice(0, MOST_REASONS).map(({ reason }) => reason);
    return { action: 'quarantine', reason: told.join('; ') + more };
  }
  // Undefined is as good as absent, and cheaper than deleting.
  for (const { policy, holder, name } of deviations)
    if (policy === 'ignore' && holder !== undefined) (holder as Record<string | number, unknown>)[name!] = undefined;
  return { action: 'map', accepted: deviations.filter(({ policy }) => policy === 'accept') };
}
