import type { Sql } from '../../platform/database/port.js';
import { tryChunks } from './locks.js';
import { MARKS_OF_CHUNKS, type MarkTable, WAITING_CHUNKS } from './marks.sql.js';
import { ridParam, toRid } from './rid.js';

/** Work to do about a record. A record that is marked again gets another `seq`. */
export interface Mark {
  rid: bigint;
  seq: bigint;
}

export const toMark = (row: { rid: unknown; seq: unknown }): Mark => ({ rid: toRid(row.rid), seq: toRid(row.seq) });

/** So many times the marks asked for are looked through for some that nobody has claimed. */
const LOOK_AHEAD = 32;
/** Each is a lock in the server's shared table of some thousand. */
const MOST_CHUNKS = 64;

/**
 * Claims about `size` marks for the transaction, the oldest that nobody else has claimed. A claim keeps two workers from
 * doing the same work; nothing becomes wrong where it does not: what is written is checked against the marks.
 */
export async function claimMarks(tx: Sql, table: MarkTable, size: number): Promise<Mark[]> {
  for (;;) {
    const chunks = await claimChunks(tx, table, size);
    if (chunks.length === 0) return [];
    const rows = await tx.query<{ rid: unknown; seq: unknown }>(MARKS_OF_CHUNKS(table), [ridParam(chunks)]);
    // A chunk whose last holder finished between the two statements is empty, and is not found again.
    if (rows.length > 0) return rows.map(toMark);
  }
}

async function claimChunks(tx: Sql, table: MarkTable, size: number): Promise<bigint[]> {
  const waiting = await tx.query<{ chunk: unknown; marks: number }>(WAITING_CHUNKS(table), [size * LOOK_AHEAD]);
  const marksOf = new Map(waiting.map((row) => [toRid(row.chunk), row.marks]));
  const left = [...marksOf.keys()];
  const claimed: bigint[] = [];
  let marks = 0;
  while (left.length > 0 && marks < size && claimed.length < MOST_CHUNKS) {
    const asked: bigint[] = [];
    for (let n = marks; n < size && asked.length < MOST_CHUNKS - claimed.length && left.length > 0; ) {
      const chunk = left.shift()!;
      asked.push(chunk);
      n += marksOf.get(chunk)!;
    }
    for (const row of await tx.query<{ chunk: unknown }>(tryChunks(table), [ridParam(asked)])) {
      const chunk = toRid(row.chunk);
      claimed.push(chunk);
      marks += marksOf.get(chunk)!;
    }
  }
  return claimed;
}
