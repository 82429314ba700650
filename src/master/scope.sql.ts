export const ALL_MARKED = `select rid from dirty_component order by rid`;

export const MARKS_OF = `select rid, seq from dirty_component where rid = any($1::bigint[])`;

/** Locked in order first: a delete alone would take the rows as they come. */
export const CLEAR_MARKS = `
  with seen as materialized (
    select d.rid from dirty_component d join unnest($1::bigint[], $2::bigint[]) as s(rid, seq)
      on d.rid = s.rid and d.seq = s.seq
    order by d.rid for update of d
  )
  delete from dirty_component d using seen, unnest($1::bigint[], $2::bigint[]) as s(rid, seq)
  where d.rid = seen.rid and s.rid = d.rid and s.seq = d.seq`;

/** Nobody else resolves these records, applies a version of one or forgets it until the transaction ends. */
export const LOCK_MEMBERS = `
  select rid from source_record where rid = any($1::bigint[]) order by rid for no key update`;

export const ALL_LINKS = `select a, b from edge where state = 'match'`;

export const LINKS_OF = `
  select a, b from edge where a = any($1::bigint[]) and state = 'match'
  union select a, b from edge where b = any($1::bigint[]) and state = 'match'`;

export const ALL_RECORDS = `select rid from source_record`;

export const ALL_HOUSEMATES = `
  select rid, golden_id from source_record where golden_id is not null order by golden_id, rid`;

export const IDENTITIES_OF = `select rid, golden_id from source_record where rid = any($1::bigint[])`;

/** Everyone who is in one golden record with one of the records. */
export const HOUSEMATES = `
  select rid, golden_id from source_record
  where golden_id = any(select golden_id from source_record where rid = any($1::bigint[]) and golden_id is not null)`;

export const COUNT_RECORDS = `select count(*)::int as n from source_record`;
