import type { Counters } from '../observe/counters.js';
import type { Database } from '../platform/database/port.js';
import type { Log } from '../platform/log/port.js';
import { HEADERS } from '../records.js';
import type { PullContext } from './connector.js';
import { endsOf, type OpenFingerprints, openFingerprints, writeFingerprints } from './fingerprints/index.js';
import { readForgotten } from './forgotten.js';
import { openConnector } from './open-connector.js';
import { Outbox } from './outbox.js';
import { emptyResult, type PullResult } from './result.js';
import { Sender } from './sender.js';
import type { IngestSource } from './source.js';
import { readState, type SourceState, writeState } from './state.js';
import { whereText } from './where.js';
import { withdrawUnlisted } from './withdraw.js';

export interface PullDeps {
  log: Log;
  database: Database;
  counters: Counters;
  /** Folder that the fingerprints are kept below. */
  dataDir: string;
  /** Absolute folders that files may be read from; relative paths start at the first. */
  roots: readonly string[];
  signal: AbortSignal;
  env: Readonly<Record<string, string | undefined>>;
  /** Version of the source's contract in the registry, for the headers of its messages. */
  contractVersion?: number | undefined;
  /** Messages appended at once; 2000 when absent. */
  batch?: number;
  /** 16 MiB when absent. */
  maxRecordBytes?: number;
}

const MAX_RECORD_BYTES = 16_777_216;

/**
 * Pulls a source once: new and changed records go to `raw`, what cannot be read to `dead-letter`, and records that a full
 * feed no longer lists are withdrawn. A feed that fails is told by the result, never by an exception.
 *
 * Order of writing, which is what makes a crash harmless at any moment: messages are durable, then the fingerprints say
 * so, then the source's state (watermark, entity tags) moves on. Each of the later steps can be missing: the messages are
 * found in the log again, and a pull from an older watermark finds its records unchanged.
 *
 * @throws AssayError CONFIG_INVALID for options that make no sense; what the log or the database throws; the signal's reason.
 */
export async function pullSource(source: IngestSource, deps: PullDeps): Promise<PullResult> {
  const { log, database, signal } = deps;
  const result = emptyResult(source.name);
  const before = await readState(database, source.name);
  const prints = await openFingerprints(deps.dataDir, source.name, log, before !== undefined, signal);
  if (prints.lost)
    result.notices.push({
      code: 'FINGERPRINTS_LOST',
      message: `the fingerprints of ${source.name} were lost and were made again from the log`,
    });
  // What the state asks the source to leave out may be what was lost.
  const anew = prints.lost || before?.backfill !== undefined;
  const pull = new Pull(source, deps, result, anew ? undefined : before);
  const forgotten = await readForgotten(database);
  for (const [high, low] of forgotten.halves) prints.table.remove(high, low);
  const live = prints.table.size;
  const batch = deps.batch ?? 2000;
  const headers = headersOf(source, deps);
  const raw = new Outbox(log, 'raw', batch, headers);
  const deadLetters = new Outbox(log, 'dead-letter', batch, headers);
  const sender = new Sender(source, prints, { raw, deadLetters }, result, pull.maxRecordBytes, forgotten);
  try {
    for await (const items of openConnector(source.connector, pull)) {
      for (const item of items) {
        sender.take(item);
        if (raw.full) await raw.send();
        if (deadLetters.full) await deadLetters.send();
      }
      signal.throwIfAborted();
    }
    sender.finish();
    const everything = source.feed === 'full' && result.complete && !result.notModified && !pull.onlyChanges;
    const absent = everything && isAbsent(source, sender, result);
    if (everything) await withdrawUnlisted(source, prints.table, live, absent, deps, raw, result);
    await raw.flush();
    await deadLetters.flush();
    await savePrints(prints, sender, everything && !absent, log);
    if (result.complete)
      await writeState(database, source.name, pull.nextState(sender.watermark, before), before?.backfill);
  } finally {
    count(result, deps.counters);
  }
  return result;
}

function headersOf({ contract }: IngestSource, { contractVersion }: PullDeps): Record<string, string> {
  return {
    [HEADERS.contract]: contract,
    ...(contractVersion === undefined ? {} : { [HEADERS.contractVersion]: String(contractVersion) }),
  };
}

/** Whether a feed of several sources was read to its end without a row of this one: it was not collected, or `where` is wrong. */
function isAbsent(source: IngestSource, sender: Sender, result: PullResult): boolean {
  if (source.where === undefined || sender.sawSource) return false;
  result.notices.push({
    code: 'NOTHING_OF_SOURCE',
    message: `none of the ${result.received} rows of the feed belongs to ${source.name} (where ${whereText(source.where)}): it counts as not listed today, and its records stay`,
  });
  return true;
}

async function savePrints(prints: OpenFingerprints, sender: Sender, everything: boolean, log: Log): Promise<void> {
  // A pull that did not see everything says nothing about the repeats it did not see.
  const outranked = everything ? sender.outranked : new Set([...prints.outranked, ...sender.outranked]);
  await writeFingerprints(prints.path, prints.table, { offsets: await endsOf(log), outranked });
}

/** The connector's view of one pull. */
class Pull implements PullContext {
  readonly source: string;
  readonly roots: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly maxRecordBytes: number;
  readonly watermark: number | undefined;
  readonly remembered: Readonly<Record<string, string>>;
  onlyChanges = false;
  readonly #next: Record<string, string> = {};
  readonly #result: PullResult;

  constructor(source: IngestSource, deps: PullDeps, result: PullResult, state: SourceState | undefined) {
    this.source = source.name;
    this.roots = deps.roots;
    this.env = deps.env;
    this.signal = deps.signal;
    this.maxRecordBytes = deps.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.watermark = state?.watermark;
    this.remembered = state?.remembered ?? {};
    this.#result = result;
  }

  remember(name: string, value: string): void {
    this.#next[name] = value;
  }

  notModified(): void {
    this.#result.notModified = true;
  }

  changesOnly(): void {
    this.onlyChanges = true;
  }

  notice(code: string, message: string): void {
    this.#result.notices.push({ code, message });
  }

  /** The watermark never goes back: a pull of changes may see none. */
  nextState(seen: number | undefined, before: SourceState | undefined): SourceState {
    const watermark = Math.max(seen ?? 0, before?.watermark ?? 0);
    return { remembered: this.#next, ...(watermark > 0 ? { watermark } : {}) };
  }
}

function count(result: PullResult, counters: Counters): void {
  const add = (outcome: string, n: number): void => {
    if (n > 0) counters.add('ingest', result.source, outcome, n);
  };
  add('received', result.received);
  add('new', result.new);
  add('changed', result.changed);
  add('dropped:unchanged', result.unchanged);
  add('dropped:superseded', result.superseded);
  add('dropped:not_of_source', result.notOfSource);
  add('dropped:forgotten', result.forgotten);
  add('withdrawn', result.withdrawn);
  add('dropped:withdraw_guard', result.held);
  for (const [code, n] of Object.entries(result.refused)) add(`refused:${code}`, n);
}
