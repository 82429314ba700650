import { isRecord } from '../mapping/values.js';
import type { Deviation } from './contract.js';

/** What is to be done with a record. */
export type Verdict =
  | { action: 'map'; accepted: readonly Deviation[] }
  | { action: 'quarantine'; reason: string }
  | { action: 'stop'; reason: string };

const CLEAN: Verdict = { action: 'map', accepted: [] };

/**
 * Judges a record's deviations: the strictest policy decides. Fields that are to be ignored are emptied in `data`, which the caller
 * owns.
 */
export function judge(data: unknown, deviations: readonly Deviation[]): Verdict {
  if (deviations.length === 0) return CLEAN;
  const stopping = deviations.find(({ policy }) => policy === 'stop');
  if (stopping !== undefined) return { action: 'stop', reason: stopping.reason };
  const refused = deviations.filter(({ policy }) => policy === 'quarantine');
  if (refused.length > 0) return { action: 'quarantine', reason: refused.map(({ reason }) => reason).join('; ') };
  for (const { policy, kind, field } of deviations)
    if (policy === 'ignore' && kind !== 'missing_field') empty(data, field);
  return { action: 'map', accepted: deviations.filter(({ policy }) => policy === 'accept') };
}

/** Sets the field at a path to undefined: as good as absent, and cheaper than deleting it. */
function empty(data: unknown, path: string): void {
  if (isRecord(data) && Object.hasOwn(data, path)) {
    data[path] = undefined;
    return;
  }
  const dot = path.indexOf('.');
  if (dot < 0) {
    if (path === '*' && (isRecord(data) || Array.isArray(data)))
      for (const name of Object.keys(data)) (data as Record<string, unknown>)[name] = undefined;
    return;
  }
  const [head, rest] = [path.slice(0, dot), path.slice(dot + 1)];
  if (head === '*' && data !== null && typeof data === 'object')
    for (const item of Object.values(data)) empty(item, rest);
  else if (isRecord(data) && Object.hasOwn(data, head)) empty(data[head], rest);
}
