import { AssayError } from '../errors.js';
import type { Database } from '../platform/database/port.js';
import type { Log, LogMessage } from '../platform/log/port.js';
import { HEADERS, keyText, type RawRecord } from '../records.js';
import * as sql from './letters.sql.js';

export const STATUSES = ['open', 'retried', 'dropped'] as const;
export type LetterStatus = (typeof STATUSES)[number];

/** Which letters are meant; what is absent does not narrow. */
export interface LetterFilter {
  ids?: readonly string[] | undefined;
  source?: string | undefined;
  code?: string | undefined;
  step?: string | undefined;
  status?: readonly LetterStatus[] | undefined;
}

export interface LetterRow {
  id: string;
  source: string;
  sourceId: string;
  step: string;
  code: string;
  reason: string;
  origin: string;
  status: LetterStatus;
  /** ISO 8601. */
  at: string;
}

export interface Letter extends LetterRow {
  /** The record as it came, whole. */
  original: string;
  mapping: string;
}

interface Row extends Omit<Letter, 'sourceId' | 'at'> {
  source_id: string;
  at: Date;
}

const picked = ({ ids, source, code, step, status }: LetterFilter): unknown[] => [
  ids ?? null,
  source ?? null,
  code ?? null,
  step ?? null,
  status ?? null,
];

const letterRow = (row: Row): LetterRow => ({
  id: row.id,
  source: row.source,
  sourceId: row.source_id,
  step: row.step,
  code: row.code,
  reason: row.reason,
  origin: row.origin,
  status: row.status,
  at: row.at.toISOString(),
});

/** The newest `limit` letters that pass the filter, and how many pass in all. */
export async function listLetters(
  database: Database,
  filter: LetterFilter,
  limit: number,
): Promise<{ total: number; letters: LetterRow[] }> {
  const [count] = await database.query<{ count: number }>(sql.COUNT, picked(filter));
  const rows = await database.query<Row>(sql.LIST, [...picked(filter), limit]);
  return { total: count?.count ?? 0, letters: rows.map(letterRow) };
}

/** One letter with its original. Throws NOT_FOUND. */
export async function showLetter(database: Database, id: string): Promise<Letter> {
  const [row] = await database.query<Row>(sql.SHOW, [id]);
  if (row === undefined)
    throw new AssayError(
      'NOT_FOUND',
      `There is no dead letter ${id}; \`assay dead-letters list\` shows what there is.`,
    );
  return { ...letterRow(row), original: row.original, mapping: row.mapping };
}

/** Throws NOT_FOUND with the ids that no letter has. */
async function refuseUnknown(database: Database, ids: readonly string[] | undefined): Promise<void> {
  const unknown = await database.query<{ id: string }>(sql.UNKNOWN, [ids ?? []]);
  if (unknown.length === 0) return;
  const names = unknown.map(({ id }) => id).join(', ');
  throw new AssayError('NOT_FOUND', `There is no dead letter ${names}; nothing was done.`);
}

/** Marks letters as dropped: they stay in the store and leave the queue. Returns how many. Throws NOT_FOUND for an unknown id. */
export async function dropLetters(database: Database, filter: LetterFilter): Promise<number> {
  await refuseUnknown(database, filter.ids);
  const dropped = await database.query(sql.DROP, picked({ status: ['open', 'retried'], ...filter }));
  return dropped.length;
}

export interface RetryResult {
  /** Sent again; the next run maps them with the mapping of then. */
  retried: number;
  /** Left open, because the record has a newer version in the store. */
  superseded: number;
  /** Left open, because what failed was reading the feed: there is no record to map again. The next pull reads it anew. */
  notRecords: number;
}

const PORTION = 100;

/**
 * Sends the records of open letters through the pipeline again. Messages are in the log before their letters are marked: a
 * crash in between repeats messages, which changes nothing, and loses none. Throws NOT_FOUND for an unknown id.
 */
export async function retryLetters(
  database: Database,
  log: Log,
  topic: string,
  filter: LetterFilter,
  signal?: AbortSignal,
): Promise<RetryResult> {
  await refuseUnknown(database, filter.ids);
  const result: RetryResult = { retried: 0, superseded: 0, notRecords: 0 };
  for (let after = ''; ; ) {
    signal?.throwIfAborted();
    const rows = await database.query<Pick<Row, 'id' | 'source' | 'source_id' | 'original'> & { superseded: boolean }>(
      sql.RETRY,
      [...picked({ ...filter, status: ['open'] }), after, PORTION],
    );
    const last = rows.at(-1);
    if (last === undefined) return result;
    after = last.id;
    const messages: LogMessage[] = [];
    const sent: string[] = [];
    for (const row of rows) {
      const raw = rawRecord(row.original, row.source, row.source_id);
      if (raw === undefined) result.notRecords++;
      else if (row.superseded) result.superseded++;
      else {
        messages.push({
          key: keyText(raw.source, raw.id),
          value: row.original,
          headers: { [HEADERS.contract]: raw.contract },
        });
        sent.push(row.id);
      }
    }
    if (sent.length === 0) continue;
    await log.append(topic, messages);
    await database.query(sql.MARK_RETRIED, [sent]);
    result.retried += sent.length;
  }
}

/** The record that an original holds, when it is one of the letter's own. */
function rawRecord(original: string, source: string, id: string): RawRecord | undefined {
  if (!original.startsWith('{')) return undefined;
  let parsed: Partial<RawRecord>;
  try {
    parsed = JSON.parse(original) as Partial<RawRecord>;
  } catch {
    return undefined;
  }
  const whole =
    parsed.source === source &&
    parsed.id === id &&
    typeof parsed.contract === 'string' &&
    typeof parsed.updatedAt === 'number' &&
    'data' in parsed;
  return whole ? (parsed as RawRecord) : undefined;
}
