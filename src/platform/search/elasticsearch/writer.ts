import type { Client, estypes } from '@elastic/elasticsearch';
import { AssayError } from '../../../errors.js';
import type { RemovedDocument, SearchDocument } from '../port.js';
import type { Connection, RequestOptions } from './connection.js';
import { Busy } from './failure.js';
import type { Indices } from './indices.js';
import { type RemovedSource, toSource } from './source.js';

/** Most of a bulk request. */
const MOST_OPERATIONS = 2000;
const MOST_CHARACTERS = 8_000_000;

/** What came of writes, for metrics. */
export interface WriteCounts {
  written: number;
  /** Left out because the index had a newer version. */
  older: number;
  removed: number;
}

/** One document of a bulk request: its header and its source as lines of JSON, without the index. */
interface Operation {
  goldenId: string;
  /** Absent: delete whatever there is. */
  version?: number;
  source?: string;
}

/*
 * Elasticsearch forgets the version of a deleted document after a minute, and an older event that comes later would bring
 * it back. So a removal is a document too, found by no query. The version that Elasticsearch compares is twice the golden
 * record's, plus one for a removal: a removal wins over its own version, and the next version over the removal.
 */
const writtenVersion = (version: number): number => 2 * version;
const removedVersion = (version: number): number => 2 * version + 1;

/** Writes documents and removals to every index that has to have them. */
export class Writer {
  readonly counts: WriteCounts = { written: 0, older: 0, removed: 0 };
  readonly #connection: Connection;
  readonly #indices: Indices;

  constructor(connection: Connection, indices: Indices) {
    this.#connection = connection;
    this.#indices = indices;
  }

  /** Upserts; what is stored with a greater version stays. Found by searches as soon as this returns. */
  async index(documents: readonly SearchDocument[]): Promise<void> {
    await this.#write(documents.map(indexing));
  }

  async remove(gone: readonly RemovedDocument[]): Promise<void> {
    const removedAt = new Date().toISOString();
    await this.#write(gone.map((document) => removing(document, removedAt)));
  }

  /** Fills one index, which need not be visible yet. */
  async fill(index: string, documents: readonly SearchDocument[]): Promise<void> {
    for (const portion of portions(documents.map(indexing))) await this.#send([index], portion, false);
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    if (operations.length === 0) return;
    const all = portions(operations);
    for (const [i, portion] of all.entries()) {
      for (let again = true; again; )
        again = !(await this.#send(await this.#indices.targets(), portion, i === all.length - 1));
    }
  }

  /** False when one of the indices is gone, so that the indices have to be asked for again. */
  #send(targets: readonly string[], operations: readonly Operation[], visible: boolean): Promise<boolean> {
    return this.#connection.change((client, options) => this.#bulk(client, options, targets, operations, visible));
  }

  async #bulk(
    client: Client,
    options: RequestOptions,
    targets: readonly string[],
    operations: readonly Operation[],
    visible: boolean,
  ): Promise<boolean> {
    const lines = targets.flatMap((index) => operations.flatMap((operation) => linesOf(index, operation)));
    const answer = await client.bulk({ operations: lines, refresh: visible, filter_path: ANSWER }, options);
    if (!answer.errors) {
      this.#count(operations, 0);
      return true;
    }
    let older = 0;
    for (const [i, item] of (answer.items ?? []).entries()) {
      const result = item.index ?? item.delete;
      if (result?.error === undefined) continue;
      if (result.status === 409) {
        if (i < operations.length) older++;
      } else if (result.error.type === 'index_not_found_exception') return false;
      else throw refusal(operations[i % operations.length]?.goldenId ?? '', result.status, result.error);
    }
    this.#count(operations, older);
    return true;
  }

  #count(operations: readonly Operation[], older: number): void {
    const removals = operations[0]?.source === undefined || operations[0].source.includes('"removed":true');
    this.counts[removals ? 'removed' : 'written'] += operations.length - older;
    this.counts.older += older;
  }
}

const ANSWER = ['errors', 'items.*.status', 'items.*.error.type', 'items.*.error.reason'];

function indexing(document: SearchDocument): Operation {
  return {
    goldenId: document.goldenId,
    version: writtenVersion(document.version),
    source: JSON.stringify(toSource(document)),
  };
}

function removing({ goldenId, version }: RemovedDocument, removedAt: string): Operation {
  if (version === undefined) return { goldenId };
  const source: RemovedSource = { goldenId, removed: true, removedAt };
  return { goldenId, version: removedVersion(version), source: JSON.stringify(source) };
}

function linesOf(index: string, { goldenId, version, source }: Operation): string[] {
  if (source === undefined) return [JSON.stringify({ delete: { _index: index, _id: goldenId } })];
  const header = { index: { _index: index, _id: goldenId, version, version_type: 'external_gte' } };
  return [JSON.stringify(header), source];
}

function portions(operations: readonly Operation[]): Operation[][] {
  const all: Operation[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const operation of operations) {
    const length = operation.source?.length ?? 0;
    const last = all.at(-1);
    if (last === undefined || last.length >= MOST_OPERATIONS || size + length > MOST_CHARACTERS) {
      all.push([operation]);
      size = length;
    } else {
      last.push(operation);
      size += length;
    }
  }
  return all;
}

function refusal(goldenId: string, status: number, error: estypes.ErrorCause): Error {
  const reason = `${error.type}: ${error.reason ?? ''}`;
  // Overloaded, or a shard that is moving; also the block that a full disk puts on an index.
  if (status === 429 || status >= 500 || error.type === 'cluster_block_exception') return new Busy(reason);
  return new AssayError('PLATFORM_INVALID', `Elasticsearch refused the document of ${goldenId}: ${reason}`);
}
