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
      const own = await options.from?.(p);
      const end = await context.end(p);
      const start = own ?? group?.committed(p) ?? 0;
      if (start > end) throw missing(topic, p, start, end);
      places.push({
        reader: new PartitionReader(context.folder(p)),
        own,
        last: untilEnd ? end : Number.MAX_SAFE_INTEGER,
      });
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

  async function advance(partition: number, place: Place): Promise<'done' | 'waiting' | 'progress'> {
    const position = (): number => place.own ?? group?.committed(partition) ?? 0;
    if (position() >= place.last) return 'done';
    const end = Math.min(place.last, await context.end(partition));
    if (position() >= end || group?.take(partition) === false) return 'waiting';
    try {
      const next = position();
      if (next >= end) return 'waiting';
      const portion = place.reader.read(next, end, maxMessages, maxBytes);
      if (portion.messages.length > 0) {
        const outputs = new Map<string, LogMessage[]>();
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
        for (const [to, messages] of outputs) await context.append(to, messages);
      }
      // Committed after the outputs are durable: a crash between the two repeats the batch and never loses it.
      group?.commit(partition, portion.next);
      if (place.own !== undefined || group === undefined) place.own = portion.next;
      return 'progress';
    } finally {
      group?.release(partition);
    }
  }
}

interface Place {
  reader: PartitionReader;
  /** Position this consumer keeps itself; undefined: the group's. */
  own: number | undefined;
  last: number;
}

function missing(topic: string, partition: number, start: number, end: number): AssayError {
  return new AssayError(
    'LOG_CORRUPT',
    `topic ${topic}, partition ${partition} ends at offset ${end}, but its consumer has already read up to ${start}: ` +
      'messages that were acknowledged are missing from the log',
    { details: { topic, partition, start, end } },
  );
}
