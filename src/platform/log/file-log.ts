import { mkdirSync, readdirSync } from 'node:fs';
import { AssayError } from '../../errors.js';
import { hash32 } from '../../hash.js';
import { type CleanEnd, confirmTail, takeCleanEnd, writeCleanEnd } from './clean.js';
import { finishSwap, newestTime, rewrite, superseded } from './compaction.js';
import { consume } from './consume.js';
import { writeFailure } from './failure.js';
import { FrameBuffer, frameKey, frameTimestamp } from './frame.js';
import { Group, groupFile } from './group.js';
import { fileIo, type LogIo } from './io.js';
import { type FsyncPolicy, PartitionWriter } from './partition-writer.js';
import type {
  BatchHandler,
  CompactionResult,
  ConsumeOptions,
  Log,
  LogMessage,
  PartitionPosition,
  TopicSpec,
} from './port.js';
import { findTail, type TornTail } from './recovery.js';
import { type SegmentScan, segmentBases, segmentPath } from './segment.js';
import { Signal } from './signal.js';
import { partitionFolder, readTopics, writeTopic } from './topic.js';

export interface FileLogOptions {
  /** A segment is closed when the next append would make it larger. */
  segmentBytes: number;
  fsync: FsyncPolicy;
  /** Milliseconds since 1970. */
  clock?: () => number;
  io?: LogIo;
}

/** The log in files, and what was cut off when it was opened. */
export interface FileLog extends Log {
  readonly recovered: readonly TornTail[];
  /** Records a group's offset; consumers do it themselves. */
  commit(topic: string, group: string, partition: number, next: number): void;
  partitions(topic: string): number;
}

interface Topic {
  spec: TopicSpec;
  writers: PartitionWriter[];
  changed: Signal;
  groups: Map<string, Group>;
  /** Compactions of one topic run one after another. */
  rewriting: Promise<unknown>;
}

/**
 * Opens the log in a folder for writing. The caller holds the data directory's lock: there is one writer.
 * Raises LOG_CORRUPT when there is damage before the tail; a torn tail is cut off and listed in `recovered`.
 */
export async function openFileLog(folder: string, options: FileLogOptions): Promise<FileLog> {
  mkdirSync(folder, { recursive: true });
  const log = new EmbeddedLog(folder, options);
  log.open();
  return log;
}

class EmbeddedLog implements FileLog {
  readonly recovered: TornTail[] = [];
  readonly #folder: string;
  readonly #options: FileLogOptions;
  readonly #io: LogIo;
  readonly #durable: boolean;
  readonly #clock: () => number;
  readonly #topics = new Map<string, Topic>();
  readonly #closed = new AbortController();
  readonly #consumers = new Set<Promise<void>>();
  /** One buffer a partition, shared by all topics: an append fills and writes them without a pause. */
  readonly #frames: FrameBuffer[] = [];

  constructor(folder: string, options: FileLogOptions) {
    this.#folder = folder;
    this.#options = options;
    this.#io = options.io ?? fileIo;
    this.#durable = options.fsync !== 'off';
    this.#clock = options.clock ?? Date.now;
  }

  open(): void {
    const clean = takeCleanEnd(this.#folder, this.#durable);
    for (const spec of readTopics(this.#folder)) this.#openTopic(spec, clean);
  }

  async createTopics(topics: readonly TopicSpec[]): Promise<void> {
    for (const spec of topics) {
      if (this.#topics.has(spec.name)) continue;
      writeTopic(this.#folder, spec, this.#io, this.#durable);
      this.#openTopic(spec, undefined);
    }
  }

  async append(name: string, messages: readonly LogMessage[]): Promise<void> {
    const topic = this.#topic(name);
    const { writers } = topic;
    const count = writers.length;
    const now = this.#clock();
    const touched: number[] = [];
    for (let i = 0; i < messages.length; i++) {
      const message = messages[i] as LogMessage;
      const p = count === 1 ? 0 : hash32(message.key) % count;
      this.#frames[p] ??= new FrameBuffer();
      const frames = this.#frames[p] as FrameBuffer;
      if (frames.count === 0) touched.push(p);
      frames.add((writers[p] as PartitionWriter).next + frames.count, message.timestamp ?? now, message);
    }
    let written = 0;
    try {
      for (; written < touched.length; written++) {
        const p = touched[written] as number;
        (writers[p] as PartitionWriter).write(this.#frames[p] as FrameBuffer);
      }
    } catch (error) {
      for (let i = 0; i <= written; i++) (writers[touched[i] as number] as PartitionWriter).undo();
      throw writeFailure(error, this.#folder);
    } finally {
      for (const p of touched) (this.#frames[p] as FrameBuffer).clear();
    }
    try {
      await Promise.all(touched.map((p) => (writers[p] as PartitionWriter).settle()));
    } catch (error) {
      throw writeFailure(error, this.#folder);
    }
  }

  async consume(options: ConsumeOptions, handler: BatchHandler): Promise<void> {
    const topic = this.#topic(options.topic);
    const group = options.group === undefined ? undefined : this.#group(topic, options.group);
    const running = consume(
      {
        partitions: topic.writers.length,
        folder: (partition) => partitionFolder(this.#folder, options.topic, partition),
        end: (partition) => (topic.writers[partition] as PartitionWriter).visible,
        changed: topic.changed,
        closed: this.#closed.signal,
        append: (to, messages) => this.append(to, messages),
        ...(group !== undefined && {
          group: {
            committed: (partition: number) => group.committed(partition),
            take: (partition: number) => group.take(partition),
            release: (partition: number) => {
              if (group.release(partition)) topic.changed.fire();
            },
            commit: (partition: number, next: number) => this.#commit(group, partition, next),
          },
        }),
      },
      options,
      handler,
    );
    this.#consumers.add(running);
    try {
      await running;
    } finally {
      this.#consumers.delete(running);
    }
  }

  async positions(name: string, group?: string): Promise<PartitionPosition[]> {
    const topic = this.#topic(name);
    const offsets = group === undefined ? undefined : this.#group(topic, group);
    return topic.writers.map((writer, partition) => ({
      partition,
      start: segmentBases(partitionFolder(this.#folder, name, partition))[0] ?? 0,
      end: writer.visible,
      committed: offsets?.committed(partition) ?? null,
    }));
  }

  compact(name: string): Promise<CompactionResult> {
    const topic = this.#topic(name);
    const { compact, compactionLagMs = 0, retentionMs } = topic.spec;
    if (compact) {
      const youngest = this.#clock() - compactionLagMs;
      return this.#rewrite(topic, async (folder, bases) => {
        const { keep, losses } = await superseded(bases, folder);
        return { keep: (scan) => frameTimestamp(scan.bytes, scan.at) > youngest || keep(scan), losses };
      });
    }
    const oldest = this.#clock() - (retentionMs ?? Number.POSITIVE_INFINITY);
    return this.#rewrite(topic, async (folder, bases) => {
      const losses = bases.map((base) => (newestTime(folder, base) < oldest ? 1 : 0));
      const gone = new Set(bases.filter((_, i) => losses[i] === 1).map((base) => segmentPath(folder, base)));
      return { keep: (scan) => !gone.has(scan.path), losses };
    });
  }

  async erase(name: string, keys: readonly string[]): Promise<number> {
    const wanted = new Set(keys);
    const has = (scan: SegmentScan): boolean => wanted.has(frameKey(scan.bytes, scan.at));
    const result = await this.#rewrite(this.#topic(name), async (_, bases) => ({
      keep: (scan) => !has(scan),
      losses: bases.map(() => 1),
    }));
    return result.dropped;
  }

  commit(name: string, group: string, partition: number, next: number): void {
    this.#commit(this.#group(this.#topic(name), group), partition, next);
  }

  partitions(name: string): number {
    return this.#topic(name).writers.length;
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    await Promise.allSettled(this.#consumers);
    const end: CleanEnd = {};
    for (const topic of this.#topics.values()) {
      await topic.rewriting.catch(() => {});
      for (const writer of topic.writers) await writer.close();
      end[topic.spec.name] = topic.writers.map((writer) => writer.tail);
    }
    writeCleanEnd(this.#folder, end, this.#io, this.#durable);
  }

  /** Rolls every partition, so that all that is there now can be rewritten, and rewrites it. */
  #rewrite(
    topic: Topic,
    choose: (folder: string, bases: number[]) => Promise<{ keep: (scan: SegmentScan) => boolean; losses: number[] }>,
  ): Promise<CompactionResult> {
    const work = topic.rewriting
      .catch(() => {})
      .then(async () => {
        const total: CompactionResult = { kept: 0, dropped: 0, bytesBefore: 0, bytesAfter: 0 };
        for (const [p, writer] of topic.writers.entries()) {
          writer.roll();
          const folder = partitionFolder(this.#folder, topic.spec.name, p);
          const bases = segmentBases(folder).filter((base) => base < writer.tail.base);
          const { keep, losses } = await choose(folder, bases);
          const { segmentBytes } = this.#options;
          const done = await rewrite({ folder, bases, segmentBytes, io: this.#io }, keep, losses);
          for (const name of ['kept', 'dropped', 'bytesBefore', 'bytesAfter'] as const) total[name] += done[name];
        }
        return total;
      })
      .catch((error: unknown) => {
        throw writeFailure(error, this.#folder);
      });
    topic.rewriting = work;
    return work;
  }

  #openTopic(spec: TopicSpec, clean: CleanEnd | undefined): void {
    const changed = new Signal();
    const writers: PartitionWriter[] = [];
    for (let partition = 0; partition < spec.partitions; partition++) {
      const folder = partitionFolder(this.#folder, spec.name, partition);
      finishSwap(
        folder,
        readdirSync(folder).filter((name) => /\.(draft|tmp)$/.test(name)),
        this.#io,
      );
      const tail = confirmTail(folder, clean?.[spec.name]?.[partition]) ?? findTail(folder);
      if (tail.torn > 0) {
        const segment = segmentPath(folder, tail.base);
        this.recovered.push({ topic: spec.name, partition, segment, position: tail.size, bytes: tail.torn });
      }
      const options = { segmentBytes: this.#options.segmentBytes, fsync: this.#options.fsync, io: this.#io };
      writers.push(new PartitionWriter(folder, tail, options, () => changed.fire()));
    }
    this.#topics.set(spec.name, { spec, writers, changed, groups: new Map(), rewriting: Promise.resolve() });
  }

  #topic(name: string): Topic {
    if (this.#closed.signal.aborted) throw new AssayError('NOT_READY', 'the log is closed');
    const topic = this.#topics.get(name);
    if (topic === undefined) throw new AssayError('NOT_FOUND', `the log has no topic "${name}"`);
    return topic;
  }

  #group(topic: Topic, name: string): Group {
    let group = topic.groups.get(name);
    if (group === undefined) {
      group = new Group(groupFile(this.#folder, topic.spec.name, name));
      topic.groups.set(name, group);
    }
    return group;
  }

  #commit(group: Group, partition: number, next: number): void {
    try {
      group.commit(partition, next, this.#io, this.#durable);
    } catch (error) {
      throw writeFailure(error, this.#folder);
    }
  }
}
