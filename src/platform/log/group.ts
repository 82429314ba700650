import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssayError, messageOf } from '../../errors.js';
import { type LogIo, replaceFile } from './io.js';
import { topicFolder } from './topic.js';

/**
 * What a consumer group has committed in one topic: one small file, replaced whole at every commit. Partitions are taken
 * a batch at a time, so several consumers of one group share the work and never hold the same partition at once.
 */
export class Group {
  readonly #file: string;
  readonly #committed: Map<number, number>;
  readonly #busy = new Set<number>();
  #wanted = false;

  constructor(file: string) {
    this.#file = file;
    this.#committed = readOffsets(file);
  }

  committed(partition: number): number | undefined {
    return this.#committed.get(partition);
  }

  take(partition: number): boolean {
    if (this.#busy.has(partition)) {
      this.#wanted = true;
      return false;
    }
    this.#busy.add(partition);
    return true;
  }

  /** Whether another consumer asked for a partition meanwhile. */
  release(partition: number): boolean {
    this.#busy.delete(partition);
    const wanted = this.#wanted;
    this.#wanted = false;
    return wanted;
  }

  commit(partition: number, next: number, io: LogIo, durable: boolean): void {
    const before = this.#committed.get(partition);
    this.#committed.set(partition, next);
    try {
      const offsets = Object.fromEntries([...this.#committed].sort((a, b) => a[0] - b[0]));
      if (before === undefined) mkdirSync(dirname(this.#file), { recursive: true });
      replaceFile(io, this.#file, `${JSON.stringify({ offsets })}\n`, durable);
    } catch (error) {
      if (before === undefined) this.#committed.delete(partition);
      else this.#committed.set(partition, before);
      throw error;
    }
  }
}

export function groupFile(root: string, topic: string, group: string): string {
  return join(topicFolder(root, topic), 'groups', `${encodeURIComponent(group)}.json`);
}

function readOffsets(file: string): Map<number, number> {
  if (!existsSync(file)) return new Map();
  try {
    const { offsets } = JSON.parse(readFileSync(file, 'utf8')) as { offsets: Record<string, number> };
    return new Map(Object.entries(offsets).map(([partition, next]) => [Number(partition), next]));
  } catch (error) {
    throw new AssayError(
      'LOG_CORRUPT',
      `${file} cannot be read: ${messageOf(error)}; remove it to let the group read its topic from the beginning`,
      { cause: error },
    );
  }
}
