import { toRid } from '../dedup/store/index.js';
import type { GoldenEvent, GoldenValues } from '../golden.js';
import type { Database } from '../platform/database/port.js';
import type { LogMessage } from '../platform/log/port.js';
import { compareText, type RecordKey } from '../records.js';
import { type PipelineContext, TOPICS } from './context.js';
import { ANY_OUTBOX, CLEAR_OUTBOX, READ_OUTBOX, TELL_AGAIN } from './relay.sql.js';

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

/** Golden records that this process may have told of after another one did: told again once the database answers. */
const doubtful = new WeakMap<Database, Set<string>>();

/** Sends everything the outbox holds. */
export async function relayOutbox(context: PipelineContext): Promise<number> {
  let sent = 0;
  for (;;) {
    const portion = await relayPortion(context);
    if (portion === 0) return sent;
    sent += portion;
  }
}

/**
 * Sends the oldest events of the outbox to the `golden` topic, then clears them: at least once, in order of writing. Events
 * carry the golden record as it is now, so a repeat or a skipped middle version changes nothing for a reader that keeps the
 * newest. One process relays at a time: two would append events of one golden record in either order. One that loses the
 * right while it appends cannot know what was appended before; what it sent is noted in the outbox again.
 *
 * @returns how many events were sent: 0 when none waits, or another process is at it
 */
export async function relayPortion({ platform }: Pick<PipelineContext, 'platform'>): Promise<number> {
  const { database, log } = platform;
  await tellAgain(database);
  const [waits] = await database.query(ANY_OUTBOX);
  if (waits === undefined) return 0;
  let sent: OutboxRow[] = [];
  try {
    const count = await database.exclusive('relay', async (lost) => {
      const rows = await database.query<OutboxRow>(READ_OUTBOX, [PORTION]);
      if (rows.length === 0) return 0;
      lost.throwIfAborted();
      sent = rows;
      await log.append(TOPICS.golden, rows.map(toMessage));
      lost.throwIfAborted();
      await database.query(CLEAR_OUTBOX, [rows.map((row) => toRid(row.seq).toString())]);
      return rows.length;
    });
    return count ?? 0;
  } catch (error) {
    const again = doubtful.get(database) ?? new Set();
    for (const { golden_id } of sent) again.add(golden_id);
    doubtful.set(database, again);
    throw error;
  }
}

async function tellAgain(database: Database): Promise<void> {
  const again = doubtful.get(database);
  if (again === undefined || again.size === 0) return;
  const ids = [...again].sort(compareText);
  await database.query(TELL_AGAIN, [ids]);
  for (const id of ids) again.delete(id);
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
