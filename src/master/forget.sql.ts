export const FIND = `select rid, golden_id from source_record where rid = $1::bigint for update`;

export const REMEMBER = `insert into forgotten (rid) values ($1::bigint) on conflict (rid) do nothing`;

export const MARK_SHARERS_OF = `
  insert into dirty (rid, seq)
  select rid, nextval('mark_sequence') from (
    select rid from block_key
    where keys && (select keys from block_key where rid = $1::bigint) and rid <> $1::bigint order by rid
  ) sharer
  on conflict (rid) do update set seq = excluded.seq`;

export const MARK_HOUSEMATES = `
  insert into dirty_component (rid, seq)
  select rid, nextval('mark_sequence') from (
    select rid from source_record where golden_id = $2 and rid <> $1::bigint order by rid
  ) housemate
  on conflict (rid) do update set seq = excluded.seq`;

/** Everything that is about the record alone. */
export const DELETE_RECORD: readonly string[] = [
  'delete from block_key where rid = $1::bigint',
  'delete from dirty where rid = $1::bigint',
  'delete from edge where a = $1::bigint or b = $1::bigint',
  'delete from dirty_component where rid = $1::bigint',
  'delete from steward_decision where a = $1::bigint or b = $1::bigint',
  'delete from source_record where rid = $1::bigint',
];

export const DELETE_BY_NAME: readonly string[] = [
  'delete from dead_letter where source = $1 and source_id = $2',
  'delete from run_change where source = $1 and source_id = $2',
];

/** Golden records that consisted of the record alone. */
export const RETIRE_EMPTY = `
  delete from golden_record g where golden_id = $1
    and not exists (select 1 from source_record r where r.golden_id = g.golden_id)
  returning golden_id`;

/** Versions that the record was part of hold its values. Returns the golden ids. */
export const DELETE_HISTORY = `
  delete from golden_history where members @> $1::jsonb returning golden_id`;
