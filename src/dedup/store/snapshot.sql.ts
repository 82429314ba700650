export const CURRENT_SNAPSHOT = `select id, model, records, payload from corpus_snapshot where current limit 1`;

export const RETIRE_SNAPSHOTS = `update corpus_snapshot set current = false where current`;

export const INSERT_SNAPSHOT = `
  insert into corpus_snapshot (id, model, records, payload, current) values ($1, $2, $3, decode($4, 'base64'), true)
  on conflict (id) do update set current = true`;

export const MARK_EVERYTHING = `
  insert into dirty (rid, seq) select rid, nextval('mark_sequence') from source_record where not withdrawn
  on conflict (rid) do update set seq = excluded.seq`;

export const COUNT_LIVE = `select count(*)::int as n from source_record where not withdrawn`;

export const LIVE_RECORDS = `
  select rid, source, source_id, product from source_record where not withdrawn order by rid`;

/** Products as texts, for a thread that parses them. */
export const LIVE_TEXTS = `
  select rid, source, source_id, product::text as product from source_record where not withdrawn order by rid`;
