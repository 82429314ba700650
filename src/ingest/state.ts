import type { Database } from '../platform/database/port.js';

/** What is kept of a source between pulls, in `source_state`. */
export interface SourceState {
  /** Greatest source timestamp seen, ms since 1970. */
  watermark?: number;
  /** What the connector remembered: entity tags and modification dates by address. */
  remembered: Record<string, string>;
  /** Set by `askForBackfill` until a pull that saw it has read the source to its end. */
  backfill?: string;
}

/** Undefined when the source has never been pulled to the end. */
export async function readState(database: Database, source: string): Promise<SourceState | undefined> {
  const [row] = await database.query<{ state: Partial<SourceState> }>(
    'select state from source_state where source = $1',
    [source],
  );
  if (!row) return undefined;
  const { watermark, remembered, backfill } = row.state;
  return {
    remembered: remembered ?? {},
    ...(typeof watermark === 'number' ? { watermark } : {}),
    ...(backfill === undefined ? {} : { backfill }),
  };
}

/** @param backfill the request that the pull has done: one that came meanwhile stays */
export async function writeState(
  database: Database,
  source: string,
  state: SourceState,
  backfill: string | undefined,
): Promise<void> {
  await database.query(
    `insert into source_state (source, state, updated_at) values ($1, $2::jsonb, now())
     on conflict (source) do update set updated_at = excluded.updated_at,
       state = excluded.state || case when source_state.state->>'backfill' is distinct from $3
         then jsonb_strip_nulls(jsonb_build_object('backfill', source_state.state->'backfill')) else '{}'::jsonb end`,
    [source, JSON.stringify(state), backfill ?? null],
  );
}

/**
 * Has the next pull of each source read all of it, whatever the source says did not change since. A source that was never
 * pulled is read from its beginning anyway.
 */
export async function askForBackfill(database: Database, sources: readonly string[]): Promise<void> {
  await database.query(
    `update source_state set state = state || jsonb_build_object('backfill', gen_random_uuid()::text)
     where source = any($1::text[])`,
    [sources],
  );
}

/** Of the sources, those whose backfill no pull has done yet. */
export async function awaitingBackfill(database: Database, sources: readonly string[]): Promise<string[]> {
  const rows = await database.query<{ source: string }>(
    `select source from source_state where source = any($1::text[]) and state ? 'backfill' order by source`,
    [sources],
  );
  return rows.map(({ source }) => source);
}
