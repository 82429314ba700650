import { CronExpressionParser } from 'cron-parser';
import { messageOf } from '../errors.js';
import { checkMapping } from '../harmonize/mapping/index.js';
import { didYouMean } from '../suggest.js';
import type { Mistakes } from './mistakes.js';
import type { Reading } from './read.js';

const NAMED_TIMES = ['hourly', 'daily', 'weekly'];

/** What a schema cannot see: names that must exist elsewhere, schedules, and what a mapping means. Also for sources with other mistakes. */
export function crossCheck(source: Reading<unknown>, contractNames: readonly string[], mistakes: Mistakes): void {
  const { yaml, value } = source;
  if (value === null || typeof value !== 'object') return;
  const { contract, schedule, mapping } = value as Record<string, unknown>;
  if (typeof contract === 'string' && !contractNames.includes(contract)) {
    const known = contractNames.length === 0 ? 'contracts/ is empty' : `known: ${contractNames.join(', ')}`;
    const hint = didYouMean(contract, contractNames) || ` (${known})`;
    mistakes.add(yaml.file, yaml.line(['contract']), `there is no contract "${contract}"${hint}`);
  }
  const problem = typeof schedule === 'string' ? scheduleProblem(schedule) : undefined;
  if (problem !== undefined) mistakes.add(yaml.file, yaml.line(['schedule']), problem);
  if (mapping === undefined) return;
  for (const { path, message } of checkMapping(mapping))
    mistakes.add(yaml.file, yaml.line(['mapping', ...path]), message);
}

/** Why a schedule cannot be used; undefined when it can. */
export function scheduleProblem(schedule: string): string | undefined {
  if (NAMED_TIMES.includes(schedule)) return undefined;
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5)
    return `"schedule" must be hourly, daily, weekly or a cron expression of five fields, not "${schedule}"${didYouMean(schedule, NAMED_TIMES)}`;
  try {
    CronExpressionParser.parse(fields.join(' '), { tz: 'UTC' });
    return undefined;
  } catch (error) {
    return `"schedule" is not a cron expression: ${messageOf(error)}`;
  }
}
