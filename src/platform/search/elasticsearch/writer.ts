import { setTimeout as sleep } from 'node:timers/promises';
import type { RemovedDocument, SearchDocument } from '../port.js';
import { REMEMBERED_DAYS } from '../removed.js';
import { type BulkResult, type Operation, portionsOf, sendBulk } from './bulk.js';
import type { Connection } from './connection.js';
import type { Indices } from './indices.js';
import { type RemovedSource, toSource } from './source.js';

/** What came of writes, for metrics. */
export interface WriteCounts {
  written: number;
  removed: number;
  /** Left out because the index had a newer version. */
  older: number;
}

const FORGETTING_PAUSE_MS = 3_600_000;
const TOMBSTONE_PAUSE_MS = 100;
const TOMBSTONE_ATTEMPTS = 30;

/*
 * Elasticsearch forgets the version of a deleted document after a minute, and an older event that comes later would bring
 * it back. So a removal is a document too, found by no query. The version that Elasticsearch compares is twice the golden
 * record's, plus one for a removal: a removal wins over its own version, and the next version over the removal.
 */
const writtenVersion = (version: number): number => 2 * version;
const removedVersion = (version: number): number => 2 * version + 1;

/** Writes documents and removals to every index that has to have them. */
export class Writer {
  readonly counts: WriteCounts = { written: 0, removed: 0, older: 0 };
  readonly #connection: Connection;
  readonly #indices: Indices;
  #nextForgetting = 0;

  constructor(connection: Connection, indices: Indices) {
    this.#connection = connection;
    this.#indices = indices;
  }

  /**
   * Upserts; what is stored with a greater version stays. Found by searches as soon as this returns: the last request of a
   * call refreshes the index, at the cost of some 20 ms, where waiting for the next refresh costs up to a second.
   */
  async index(documents: readonly SearchDocument[]): Promise<void> {
    const older = await this.#write(documents.map(indexing));
    this.counts.written += documents.length - older;
    this.counts.older += older;
  }

  async remove(gone: readonly RemovedDocument[]): Promise<void> {
    const removedAt = new Date().toISOString();
    const known = gone.filter(({ version }) => version !== undefined);
    const older = await this.#write(known.map((document) => removing(document, removedAt)));
    const traceless = gone.filter(({ version }) => version === undefined);
    if (traceless.length > 0) await this.#erase(traceless, removedAt);
    this.counts.removed += gone.length - older;
    this.counts.older += older;
    await this.#forgetOld();
  }

  /** Fills one index, which need not be visible yet. */
  async fill(index: string, documents: readonly SearchDocument[]): Promise<void> {
    for (const portion of portionsOf(documents.map(indexing))) await this.#send([index], portion, false);
  }

  /** How many of the operations were older than what the index has. */
  async #write(operations: readonly Operation[]): Promise<number> {
    const all = portionsOf(operations);
    let older = 0;
    for (const [i, portion] of all.entries()) {
      let result: BulkResult = 'index is gone';
      // An index that is gone since it was named was replaced: its successor is named next.
      while (result === 'index is gone')
        result = await this.#send(await this.#indices.targets(), portion, i === all.length - 1);
      older += result.older;
    }
    return older;
  }

  /**
   * Deletes documents so that any version may come again. A deletion keeps its version until a refresh some 200 ms after
   * it; it is over when a removal of version 0 is taken.
   */
  async #erase(gone: readonly RemovedDocument[], removedAt: string): Promise<void> {
    await this.#write(gone.map(({ goldenId }) => ({ goldenId })));
    const emptied = gone.map(({ goldenId }) => ({ ...removing({ goldenId, version: 0 }, removedAt), version: 0 }));
    for (let attempt = 0; attempt < TOMBSTONE_ATTEMPTS; attempt++) {
      if ((await this.#write(emptied)) === 0) return;
      await sleep(TOMBSTONE_PAUSE_MS);
    }
  }

  /** Deletes removals that no late event can come before any more. */
  async #forgetOld(): Promise<void> {
    if (Date.now() < this.#nextForgetting) return;
    this.#nextForgetting = Date.now() + FORGETTING_PAUSE_MS;
    const query = { range: { removedAt: { lt: `now-${REMEMBERED_DAYS}d` } } };
    await this.#connection.change((client, options) =>
      client.deleteByQuery({ index: this.#indices.names.current, query, conflicts: 'proceed' }, options),
    );
  }

  #send(indices: readonly string[], operations: readonly Operation[], refresh: boolean): Promise<BulkResult> {
    return this.#connection.change((client, options) => sendBulk(client, options, indices, operations, refresh));
  }
}

function indexing(document: SearchDocument): Operation {
  return {
    goldenId: document.goldenId,
    version: writtenVersion(document.version),
    source: JSON.stringify(toSource(document)),
  };
}

function removing({ goldenId, version = 0 }: RemovedDocument, removedAt: string): Operation {
  const source: RemovedSource = { goldenId, removed: true, removedAt };
  return { goldenId, version: removedVersion(version), source: JSON.stringify(source) };
}
