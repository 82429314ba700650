export const CURRENT_ID = `select id from corpus_snapshot where current limit 1`;

export const CURRENT_SNAPSHOT = `select id, model, records, payload from corpus_snapshot where current limit 1`;

export const RETIRE_SNAPSHOTS = `update corpus_snapshot set current = false where current`;

export const INSERT_SNAPSHOT = `
  insert into corpus_snapshot (id, model, records, payload, current) values ($1, $2, $3, decode($4, 'base64'), true)
  on conflict (id) do update set current = true`;

export const COUNT_LIVE = `select count(*)::int as n from source_record where not withdrawn`;

/** As the server's statistics have it; a table that was never looked at is counted. */
export const ESTIMATE_LIVE = `
  select case when c.reltuples > 1000 then c.reltuples::int
    else (select count(*)::int from source_record where not withdrawn) end as n
  from pg_class c where c.oid = 'source_record'::regclass`;

export const LIVE_RECORDS = `
  select rid, source, source_id, product from source_record where not withdrawn order by rid`;

/** Products as texts, for a thread that parses them. */
export const LIVE_TEXTS = `
  select rid, source, source_id, product::text as product from source_record where not withdrawn order by rid`;

/** Published keys are made anew beside the table, which readers see until the end. */
export const NEW_KEYS = [
  'drop table if exists block_key_next',
  'create table block_key_next (rid bigint not null, keys bigint[] not null)',
];

export const PUBLISH_KEYS = [
  // The index of 100,000 records' keys does not fit into the default 64 MB, and is then built in many small merges.
  `set local maintenance_work_mem = '512MB'`,
  'alter table block_key_next add constraint block_key_next_pkey primary key (rid)',
  'create index block_key_next_keys on block_key_next using gin (keys) with (fastupdate = off)',
  'drop table block_key',
  'alter table block_key_next rename to block_key',
  'alter index block_key_next_pkey rename to block_key_pkey',
  'alter index block_key_next_keys rename to block_key_keys',
];
