import { AssayError } from '../errors.js';
import type { GoldenEvent } from '../golden.js';
import type { Platform } from '../platform/index.js';
import type { LogBatch } from '../platform/log/port.js';
import type { Search } from '../platform/search/port.js';
import { lookupKeysOf, readHorizon, toSearchDocument } from '../serve/index.js';
import { type PipelineContext, type RunContext, TOPICS } from './context.js';

/** What a batch of golden events comes to: the newest event of every golden record. */
interface Changes {
  events: GoldenEvent[];
  /** Golden records that are gone, with their last version where it is known. */
  gone: { goldenId: string; version?: number }[];
}

type Reader = (changes: Changes) => Promise<void>;

/**
 * Brings golden events into the search indices and out of the lookup cache, to the end of the log. A search server that is
 * away waits at its place, which the run's notices tell: the next run or worker goes on from there.
 */
export async function indexGolden(run: RunContext): Promise<void> {
  for (const [name, consume] of goldenConsumers(run))
    try {
      await consume();
    } catch (error) {
      if (!(error instanceof AssayError) || error.details.server !== 'elasticsearch') throw error;
      const message = `stays behind until the next run or worker: ${error.message}`;
      run.notices.add({ source: name, code: error.code, message });
    }
}

/**
 * The consumers of golden events. Where all they feed is in this process they are one; servers have a consumer each, so
 * that one that is away holds up none of the others.
 */
export function goldenConsumers(run: RunContext): [name: string, consume: () => Promise<void>][] {
  const { platform } = run;
  const { search, substitute } = platform;
  if (!platform.servers.search && !platform.servers.cache)
    return [['search index', () => consumeGolden(run, 'search', inTurn(intoSearch(search), outOfCache(platform)))]];
  const consumers: [string, () => Promise<void>][] = [
    ['search index', () => consumeGolden(run, 'search', intoSearch(search))],
  ];
  if (substitute !== undefined)
    consumers.push(['substitute index', () => consumeGolden(run, 'search-substitute', intoSearch(substitute))]);
  if (platform.servers.cache) consumers.push(['lookup cache', () => consumeGolden(run, 'cache', outOfCache(platform))]);
  return consumers;
}

/** Where the golden events of each partition end now. */
export async function goldenEnds({ log }: Pick<Platform, 'log'>): Promise<Map<number, number>> {
  return new Map((await log.positions(TOPICS.golden)).map(({ partition, end }) => [partition, end]));
}

/**
 * Keeps a cache in this process's memory in step with golden events that other processes make, until the signal. Each
 * process reads for itself; a cache server is told once, by the index stage.
 *
 * @param place where each partition goes on, moved with every batch: who calls again after a failure misses nothing
 */
export async function followGolden({ platform, signal }: PipelineContext, place: Map<number, number>): Promise<void> {
  const forget = outOfCache(platform);
  await platform.log.consume(
    { topic: TOPICS.golden, from: async (partition) => place.get(partition) ?? 0, maxMessages: 2000, signal },
    async (batch) => {
      await forget(changesOf(batch));
      place.set(batch.partition, batch.nextOffset);
    },
  );
}

async function consumeGolden(run: RunContext, group: string, read: Reader): Promise<void> {
  let done = 0;
  await run.platform.log.consume(
    { topic: TOPICS.golden, group, maxMessages: 2000, untilEnd: run.follow !== true, signal: run.signal },
    async (batch) => {
      await read(changesOf(batch));
      done += batch.messages.length;
      run.progress('search index', done);
    },
  );
}

const inTurn =
  (...readers: Reader[]): Reader =>
  async (changes) => {
    for (const read of readers) await read(changes);
  };

const intoSearch =
  (search: Search): Reader =>
  async ({ events, gone }) => {
    if (events.length > 0) await search.index(events.map(toSearchDocument));
    if (gone.length > 0) await search.remove(gone);
  };

const outOfCache =
  ({ cache, database }: Pick<Platform, 'cache' | 'database'>): Reader =>
  async ({ events, gone }) => {
    await cache.invalidate([
      ...events.map((event) => ({ key: event.goldenId, version: event.version - 1 })),
      // What was forgotten without a trace may not be answered again, whatever its version.
      ...gone.map(({ goldenId, version }) => ({ key: goldenId, version: version ?? Number.MAX_SAFE_INTEGER })),
    ]);
    const lists = [...new Set(events.flatMap(lookupKeysOf))];
    if (lists.length === 0) return;
    // A list read from now on, and not beside a transaction that is under way, has seen what the events tell.
    const { next } = await readHorizon(database);
    await cache.invalidate(lists.map((key) => ({ key, version: next - 1 })));
  };

function changesOf(batch: LogBatch): Changes {
  const newest = new Map<string, { event: GoldenEvent } | { version?: number }>();
  for (const { key, value, headers, fault } of batch.messages) {
    if (fault !== undefined) continue;
    if (value !== null) newest.set(key, { event: JSON.parse(value) as GoldenEvent });
    else newest.set(key, headers.version === undefined ? {} : { version: Number(headers.version) });
  }
  const changes: Changes = { events: [], gone: [] };
  for (const [goldenId, change] of newest) {
    if ('event' in change) changes.events.push(change.event);
    else changes.gone.push({ goldenId, ...change });
  }
  return changes;
}
