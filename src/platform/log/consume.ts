import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../errors.js';
import { PartitionReader } from './partition-reader.js';
import type { BatchHandler, ConsumeOptions, LogMessage } from './port.js';
import type { Signal } from './signal.js';

/** What a consumer needs of the log it reads. */
export interface ConsumeContext {
  partitions: number;
  folder(partition: number): string;
  /** Offset after the last message that may be read. */
  end(partition: number): Promise<number> | number;
  /** First offset that may be asked for. */
  changed: Signal;
  /** Look again after this time: for a log that another process writes. */
  pollMs?: number;
  closed: AbortSignal;
  append(topic: string, messages: readonly LogMessage[]): Promise<void>;
  group?: {
    committed(partition: number): number | undefined;
    take(partition: number): boolean;
    release(partition: number): void;
    commit(partition: number, next: number): void;
  };
}

const MAX_BYTES = 16 << 20;
/** Conflicts in a row on one partition, after which they are no longer put down to another consumer. */
const CONFLICTS = 12;

/**
 * Round after round, one batch of every partition that has something new, one handler at a time. With `untilEnd` a
 * partition is done at the offset that was its end when the consumer started.
 */
export async function consume(context: ConsumeContext, options: ConsumeOptions, handler: BatchHandler): Promise<void> {
  const { topic, maxMessages, maxBytes = MAX_BYTES, untilEnd = false, signal } = options;
  const { group } = context;
  const stopped = (): boolean => signal?.aborted === true || context.closed.aborted;
  const stop = signal === undefined ? context.closed : AbortSignal.any([signal, context.closed]);
  const places: Place[] = [];
  try {
    for (let p = 0; p < context.partitions; p++) {
      const place: Place = {
        reader: new PartitionReader(context.folder(p)),
        own: undefined,
        seen: undefined,
        last: 0,
        conflicts: 0,
      };
      places.push(place);
      await ask(p, place);
      const end = await context.end(p);
      const start = positionOf(p, place);
      if (start > end) throw missing(topic, p, start, end);
      place.last = untilEnd ? end : Number.MAX_SAFE_INTEGER;
    }
    while (!stopped()) {
      // Asked before looking, so that nothing that arrives meanwhile is slept through.
      const seen = context.changed.version;
      let progress = false;
      let open = 0;
      for (let p = 0; p < places.length && !stopped(); p++) {
        const place = places[p] as Place;
        const step = await advance(p, place);
        if (step === 'progress') progress = true;
        if (step !== 'done') open++;
      }
      if (open === 0) break;
      if (!progress) await context.changed.wait(seen, stop, context.pollMs);
    }
  } finally {
    for (const place of places) place.reader.close();
  }

  /** The consumer's own place, unless others of the group moved on meanwhile: then the group's. */
  function positionOf(partition: number, place: Place): number {
    const committed = group?.committed(partition);
    return (committed === place.seen ? place.own : undefined) ?? committed ?? place.own ?? 0;
  }

  /** Asks where to start in a partition that is this consumer's from now on, and tells the group when that is further. */
  async function ask(partition: number, place: Place): Promise<void> {
    place.own = await options.from?.(partition);
    const committed = group?.committed(partition);
    if (group !== undefined && place.own !== undefined && place.own > (committed ?? 0))
      group.commit(partition, place.own);
    place.seen = group?.committed(partition);
  }

  async function advance(partition: number, place: Place): Promise<'done' | 'waiting' | 'progress'> {
    if (positionOf(partition, place) >= place.last) return 'done';
    const end = Math.min(place.last, await context.end(partition));
    if (positionOf(partition, place) >= end || group?.take(partition) === false) return 'waiting';
    try {
      if (group !== undefined && group.committed(partition) !== place.seen) await ask(partition, place);
      const next = positionOf(partition, place);
      if (next >= end) return 'waiting';
      const portion = place.reader.read(next, end, maxMessages, maxBytes);
      // A consumer that keeps its own place is told of gaps too.
      if (portion.messages.length > 0 || options.from !== undefined) {
        const outputs = new Map<string, LogMessage[]>();
        try {
          await handler(
            { topic, partition, messages: portion.messages, firstOffset: next, nextOffset: portion.next },
            {
              append(to, messages) {
                const list = outputs.get(to);
                if (list === undefined) outputs.set(to, [...messages]);
                else for (const message of messages) list.push(message);
              },
            },
          );
        } catch (error) {
          await conflict(partition, place, error);
          return 'progress';
        }
        for (const [to, messages] of outputs) await context.append(to, messages);
      }
      // Committed after the outputs are durable: a crash between the two repeats the batch and never loses it.
      group?.commit(partition, portion.next);
      place.seen = group?.committed(partition);
      place.own = options.from !== undefined || group === undefined ? portion.next : undefined;
      place.conflicts = 0;
      return 'progress';
    } finally {
      group?.release(partition);
    }
  }

  /** Another consumer was there before: the place is asked for again. Anything else that a handler throws passes through. */
  async function conflict(partition: number, place: Place, error: unknown): Promise<void> {
    if (!(error instanceof AssayError) || error.code !== 'OFFSET_CONFLICT') throw error;
    if ((options.from === undefined && group === undefined) || ++place.conflicts > CONFLICTS) throw error;
    await sleep(Math.min(250, 10 * 2 ** place.conflicts), undefined, { signal: stop }).catch(() => {});
    await ask(partition, place);
  }
}

interface Place {
  reader: PartitionReader;
  /** Position this consumer keeps itself; undefined: the group's. */
  own: number | undefined;
  /** What the group had committed when `own` was known to be right. */
  seen: number | undefined;
  last: number;
  conflicts: number;
}

function missing(topic: string, partition: number, start: number, end: number): AssayError {
  return new AssayError(
    'LOG_CORRUPT',
    `topic ${topic}, partition ${partition} ends at offset ${end}, but its consumer has already read up to ${start}: ` +
      'messages that were acknowledged are missing from the log',
    { details: { topic, partition, start, end } },
  );
}
