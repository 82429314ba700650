import { toRid } from '../dedup/store/index.js';
import type { GoldenEvent, GoldenValues } from '../golden.js';
import type { LogMessage } from '../platform/log/port.js';
import type { RecordKey } from '../records.js';
import { type PipelineContext, TOPICS } from './context.js';
import { CLEAR_OUTBOX, READ_OUTBOX } from './relay.sql.js';

interface OutboxRow {
  seq: unknown;
  golden_id: string;
  change: GoldenEvent['change'];
  current: number | null;
  /** Of an id that is gone: its last version, or null when it was forgotten with its history. */
  last: number | null;
  values: GoldenValues;
  members: RecordKey[];
  sources: string[];
  valid_from: Date;
}

const PORTION = 2000;

/**
 * Sends what the outbox holds to the `golden` topic, then clears it: at least once, in order of writing. Events carry the
 * golden record as it is now, so a repeat or a skipped middle version changes nothing for a reader that keeps the newest.
 */
export async function relayOutbox({ platform }: PipelineContext): Promise<number> {
  let sent = 0;
  for (;;) {
    const rows = await platform.database.query<OutboxRow>(READ_OUTBOX, [PORTION]);
    if (rows.length === 0) return sent;
    await platform.log.append(TOPICS.golden, rows.map(toMessage));
    await platform.database.query(CLEAR_OUTBOX, [rows.map((row) => toRid(row.seq).toString())]);
    sent += rows.length;
  }
}

function toMessage(row: OutboxRow): LogMessage {
  if (row.current === null)
    return {
      key: row.golden_id,
      value: null,
      ...(row.last === null ? {} : { headers: { version: String(row.last) } }),
    };
  const event: GoldenEvent = {
    goldenId: row.golden_id,
    version: Number(row.current),
    change: row.change,
    values: row.values,
    members: row.members,
    sources: row.sources,
    validFrom: new Date(row.valid_from).toISOString(),
  };
  return { key: row.golden_id, value: JSON.stringify(event) };
}
