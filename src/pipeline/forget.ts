/** Removes a record for good, from log, store, history and indexes, and resolves what it was part of again. */
import { type Forgotten, forgetHistory, forgetRecord } from '../master/index.js';
import { keyText } from '../records.js';
import { type PipelineContext, TOPICS } from './context.js';
import { hasWork } from './pending.js';

export interface ForgetResult extends Forgotten {
  /** Messages taken out of the log. */
  messages: number;
  /** Golden records whose superseded versions held its values. */
  historiesOf: string[];
}

const WAIT_MS = 250;

/**
 * @param reconcile resolves what is marked; absent while a service holds the data directory and does it by itself
 */
export async function forget(
  context: Pick<PipelineContext, 'platform' | 'signal'>,
  record: { source: string; sourceId: string },
  reconcile: (() => Promise<unknown>) | undefined,
): Promise<ForgetResult> {
  const { log, database } = context.platform;
  const { source, sourceId } = record;
  const forgotten = await forgetRecord(database, source, sourceId);
  const key = keyText(source, sourceId);
  let messages = 0;
  for (const topic of [TOPICS.raw, TOPICS.canonical, TOPICS.deadLetter]) messages += await log.erase(topic, [key]);
  if (forgotten.goldenId !== null) messages += await log.erase(TOPICS.golden, [forgotten.goldenId]);
  if (reconcile !== undefined) await reconcile();
  else while (await hasWork(database)) await pause(context.signal);
  // Resolving the rest of the cluster archives the version that still held the record.
  const historiesOf = await forgetHistory(database, source, sourceId);
  return { ...forgotten, messages, historiesOf };
}

async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}
