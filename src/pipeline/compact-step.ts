import type { CompactionResult } from '../platform/log/port.js';
import { type RunContext, TOPICS } from './context.js';

const COMPACTED_TODAY = `
  select 1 from run where summary ? 'compacted' and finished_at > now() - interval '1 day' limit 1`;

/** Once a day a run compacts the topics that keep the newest message of every key; null on the other runs. */
export async function compactLog({ platform }: RunContext): Promise<Record<string, CompactionResult> | null> {
  if ((await platform.database.query(COMPACTED_TODAY)).length > 0) return null;
  const results: Record<string, CompactionResult> = {};
  for (const topic of [TOPICS.raw, TOPICS.canonical, TOPICS.golden]) results[topic] = await platform.log.compact(topic);
  return results;
}
