/** How often each level answered, for metrics. Counted since the cache was opened. */
export interface CacheStats {
  /** Answers from this process's memory. */
  memory: number;
  /** Answers from Redis, those of another process's load included. */
  redis: number;
  /** Loads that were run. */
  load: number;
  /** Callers that shared a load under way in this process. */
  shared: number;
  /** Answers past their time, because the load found its server away. */
  stale: number;
  /** Answers that say that there is nothing. */
  negative: number;
  /** Values that were not taken in, because a newer version was known. */
  late: number;
  /** Keys that were invalidated here. */
  invalidated: number;
  /** Waits for a load of another process. */
  waited: number;
  /** Calls that did without Redis because it was away. */
  skipped: number;
  /** Invalidations that wait for Redis to come back. */
  undelivered: number;
  /** Times that everything in Redis was declared out of date, because invalidations may have been missed. */
  flushed: number;
}

export function noStats(): CacheStats {
  return {
    memory: 0,
    redis: 0,
    load: 0,
    shared: 0,
    stale: 0,
    negative: 0,
    late: 0,
    invalidated: 0,
    waited: 0,
    skipped: 0,
    undelivered: 0,
    flushed: 0,
  };
}
