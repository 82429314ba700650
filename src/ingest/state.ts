import type { Database } from '../platform/database/port.js';

/** What is kept of a source between pulls, in `source_state`. */
export interface SourceState {
  /** Greatest source timestamp seen, ms since 1970. */
  watermark?: number;
  /** What the connector remembered: entity tags and modification dates by address. */
  remembered: Record<string, string>;
}

/** Undefined when the source has never been pulled to the end. */
export async function readState(database: Database, source: string): Promise<SourceState | undefined> {
  const [row] = await database.query<{ state: Partial<SourceState> }>(
    'select state from source_state where source = $1',
    [source],
  );
  if (!row) return undefined;
  const { watermark, remembered } = row.state;
  return { remembered: remembered ?? {}, ...(typeof watermark === 'number' ? { watermark } : {}) };
}

export async function writeState(database: Database, source: string, state: SourceState): Promise<void> {
  await database.query(
    `insert into source_state (source, state, updated_at) values ($1, $2::jsonb, now())
     on conflict (source) do update set state = excluded.state, updated_at = excluded.updated_at`,
    [source, JSON.stringify(state)],
  );
}
