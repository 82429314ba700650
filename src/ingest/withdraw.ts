import { hash64Into } from '../hash.js';
import type { Database } from '../platform/database/port.js';
import type { Log } from '../platform/log/port.js';
import { keyText, parseKeyText } from '../records.js';
import type { FingerprintTable } from './fingerprints/index.js';
import type { Outbox } from './outbox.js';
import type { PullResult } from './result.js';
import type { IngestSource } from './source.js';

/** Key hashes looked up in one statement. */
const LOOKUP = 10_000;

/**
 * Withdraws the records that a complete full feed no longer lists: a tombstone each in `raw`. When more than
 * `withdraw.maxShare` of the source's live records would go, none goes and a WITHDRAWAL_GUARD notice says so. None goes
 * either when a feed of several sources has nothing of this one, however large the share may be.
 *
 * @param live records of the source before this pull.
 * @param absent the feed has rows, or none at all, but none of this source.
 */
export async function withdrawUnlisted(
  source: IngestSource,
  table: FingerprintTable,
  live: number,
  absent: boolean,
  deps: { log: Log; database: Database; signal: AbortSignal },
  raw: Outbox,
  result: PullResult,
): Promise<void> {
  const unlisted = table.unlisted;
  if (source.withdraw.policy === 'keep' || unlisted === 0) return;
  result.received += unlisted;
  if (absent) {
    result.held += unlisted;
    return;
  }
  const limit = source.withdraw.maxShare;
  if (unlisted > live * limit) {
    result.held += unlisted;
    result.notices.push({
      code: 'WITHDRAWAL_GUARD',
      message: `${source.name} no longer lists ${unlisted} of its ${live} records, more than withdraw.max_share (${limit}) allows: none was withdrawn`,
    });
    return;
  }
  const keys = [...table.unlistedKeys()];
  const ids = await idsOf(source.name, keys, deps);
  for (const key of keys) {
    const id = ids.get(key);
    table.remove(Number(key >> 32n), Number(key & 0xffffffffn));
    // Neither the store nor the log knows the record: there is nothing left to withdraw.
    if (id === undefined) {
      result.received--;
      continue;
    }
    raw.add(keyText(source.name, id), null);
    result.withdrawn++;
    if (raw.full) await raw.send();
  }
}

/** Ids by key hash: from the store, whose rid is the key hash, and for records it does not hold yet from the log. */
async function idsOf(
  source: string,
  keys: readonly bigint[],
  deps: { log: Log; database: Database; signal: AbortSignal },
): Promise<Map<bigint, string>> {
  const ids = new Map<bigint, string>();
  for (let from = 0; from < keys.length; from += LOOKUP) {
    const rows = await deps.database.query<{ rid: string; source_id: string }>(
      'select rid::text as rid, source_id from source_record where source = $1 and rid = any($2::text[]::bigint[])',
      [source, keys.slice(from, from + LOOKUP).map(String)],
    );
    for (const { rid, source_id } of rows) ids.set(BigInt(rid), source_id);
  }
  const missing = new Set(keys.filter((key) => !ids.has(key)));
  if (missing.size > 0) await scanIds(source, missing, ids, deps);
  return ids;
}

async function scanIds(
  source: string,
  missing: Set<bigint>,
  ids: Map<bigint, string>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  const prefix = `${source}\u001f`;
  const hash = new Uint32Array(2);
  await log.consume(
    { topic: 'raw', from: async () => 0, maxMessages: 5000, untilEnd: true, signal },
    async ({ messages }) => {
      for (const { key } of messages) {
        if (!key.startsWith(prefix)) continue;
        hash64Into(key, hash, 0);
        const rid = (BigInt(hash[0]! & 0x7fffffff) << 32n) | BigInt(hash[1]!);
        if (missing.has(rid)) ids.set(rid, parseKeyText(key).sourceId);
      }
    },
  );
  signal.throwIfAborted();
}
