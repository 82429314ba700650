import type { GoldenEvent } from '../golden.js';
import { toSearchDocument } from '../serve/index.js';
import { type PipelineContext, TOPICS } from './context.js';

/** Brings golden events into the search index and out of the lookup cache. */
export async function indexGolden({ platform, signal, progress }: PipelineContext): Promise<void> {
  let done = 0;
  await platform.log.consume(
    { topic: TOPICS.golden, group: 'search', maxMessages: 2000, untilEnd: true, signal },
    async (batch) => {
      const newest = new Map<string, GoldenEvent | null>();
      for (const { key, value } of batch.messages)
        newest.set(key, value === null ? null : (JSON.parse(value) as GoldenEvent));
      const events = [...newest.values()].filter((event) => event !== null);
      const gone = [...newest].filter(([, event]) => event === null).map(([id]) => id);
      await platform.search.index(events.map(toSearchDocument));
      await platform.search.remove(gone);
      await platform.cache.invalidate([
        ...events.map((event) => ({ key: event.goldenId, version: event.version - 1 })),
        ...gone.map((key) => ({ key, version: Number.MAX_SAFE_INTEGER })),
      ]);
      done += batch.messages.length;
      progress('search index', done);
    },
  );
}
