export const TAKE_MARKS = `select rid, seq from dirty_component order by rid`;

export const CLEAR_MARKS = `
  delete from dirty_component d using unnest($1::bigint[], $2::bigint[]) as seen(rid, seq)
  where d.rid = seen.rid and d.seq = seen.seq`;

export const ALL_LINKS = `select a, b from edge where state = 'match'`;

export const LINKS_OF = `
  select a, b from edge where a = any($1::bigint[]) and state = 'match'
  union select a, b from edge where b = any($1::bigint[]) and state = 'match'`;

export const ALL_IDENTITIES = `select rid, golden_id from source_record`;

export const IDENTITIES_OF = `select rid, golden_id from source_record where rid = any($1::bigint[])`;

/** Everyone who is in one golden record with one of the records. */
export const HOUSEMATES = `
  select rid, golden_id from source_record
  where golden_id = any(select golden_id from source_record where rid = any($1::bigint[]) and golden_id is not null)`;

export const COUNT_RECORDS = `select count(*)::int as n from source_record`;
