/** Identity and storage of dead letters. What reads, retries and drops them is in `src/report`. */
import { hashHex } from './hash.js';
import type { Sql } from './platform/database/port.js';
import type { DeadLetter } from './records.js';

/**
 * The letter's id: the same failure has the same id in every run and after every retry.
 *
 * Past ingest a record has at most one letter a step, its newest: the position in the log is left out of the id, because a
 * retry, a replay or a crash gives the same record another position. A letter of ingest, or one without a record id, is
 * told apart by its origin.
 */
export function deadLetterId(letter: Pick<DeadLetter, 'source' | 'id' | 'step' | 'origin'>): string {
  const byRecord = letter.step !== 'ingest' && letter.id !== '';
  return hashHex([letter.source, letter.id, letter.step, byRecord ? '' : letter.origin].map(storable).join('\u001f'));
}

/** Text as Postgres can hold it: NUL becomes U+2400, a lone surrogate U+FFFD. JSON escapes both, so it comes through whole. */
function storable(text: string): string {
  return text.replace(/\0/g, '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}

const UPSERT = `
insert into dead_letter (id, source, source_id, step, code, reason, origin, original, mapping, status, at)
select id, source, source_id, step, code, reason, origin, original, mapping, 'open', at
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
  $10::timestamptz[]) as letter (id, source, source_id, step, code, reason, origin, original, mapping, at)
on conflict (id) do update set
  code = excluded.code, reason = excluded.reason, origin = excluded.origin, original = excluded.original,
  mapping = excluded.mapping, at = excluded.at,
  status = case
    when dead_letter.status = 'dropped' and dead_letter.code = excluded.code and dead_letter.original = excluded.original
    then 'dropped' else 'open' end`;

/** A statement carries at most so many letters and so much text (UTF-16 units): originals can have megabytes each. */
const LETTERS_A_STATEMENT = 1000;
const TEXT_A_STATEMENT = 8 << 20;

/**
 * Stores letters as open. A letter that is there already takes the newer reason and original and is open again, unless it
 * was dropped and has not changed since. Letters come in log order; of two with one id the later is kept.
 * Returns how many distinct letters were stored.
 */
export async function storeDeadLetters(sql: Sql, letters: Iterable<DeadLetter>): Promise<number> {
  const newest = new Map<string, DeadLetter>();
  for (const letter of letters) newest.set(deadLetterId(letter), letter);
  let batch: [string, DeadLetter][] = [];
  let text = 0;
  for (const entry of newest) {
    const length = entry[1].original.length + entry[1].reason.length;
    if (batch.length > 0 && (batch.length === LETTERS_A_STATEMENT || text + length > TEXT_A_STATEMENT)) {
      await upsert(sql, batch);
      batch = [];
      text = 0;
    }
    batch.push(entry);
    text += length;
  }
  if (batch.length > 0) await upsert(sql, batch);
  return newest.size;
}

async function upsert(sql: Sql, batch: readonly [string, DeadLetter][]): Promise<void> {
  const column = (name: keyof DeadLetter): string[] => batch.map(([, letter]) => storable(letter[name]));
  await sql.query(UPSERT, [
    batch.map(([id]) => id),
    column('source'),
    column('id'),
    column('step'),
    column('code'),
    column('reason'),
    column('origin'),
    column('original'),
    column('mapping'),
    column('at'),
  ]);
}
