/** Advances a consumer's offset only from the batch's first offset: no row means that another worker owns the partition. */
export const ADVANCE_OFFSET = `
  insert into consumer_offset (consumer, topic, partition, next_offset)
  values ($1, $2, $3, $5)
  on conflict (consumer, topic, partition) do update set next_offset = excluded.next_offset
    where consumer_offset.next_offset <= $4
  returning next_offset`;

export const READ_OFFSET = `
  select next_offset from consumer_offset where consumer = $1 and topic = $2 and partition = $3`;

export const READ_FORGOTTEN = `select rid from forgotten where rid = any($1::bigint[])`;

/** Rows are locked in rid order, so that two workers never wait for each other in a circle. */
export const LOCK_RECORDS = `
  select rid, source, source_id, version_ts, version_offset, content_hash, withdrawn, golden_id, product
  from source_record where rid = any($1::bigint[]) order by rid for update`;

export const UPSERT_RECORDS = `
  insert into source_record
    (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, withdrawn, product)
  select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[],
    $8::text[], $9::boolean[], $10::jsonb[])
  on conflict (rid) do update set
    version_ts = excluded.version_ts, version_offset = excluded.version_offset, content_hash = excluded.content_hash,
    contract = excluded.contract, mapping = excluded.mapping, withdrawn = excluded.withdrawn,
    product = excluded.product, changed_at = now()`;

export const TOUCH_VERSIONS = `
  update source_record r set version_ts = v.ts, version_offset = v.at
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as v(rid, ts, at) where r.rid = v.rid`;

export const UPSERT_KEYS = `
  insert into block_key (rid, keys)
  select rid, string_to_array(keys, ',')::bigint[] from unnest($1::bigint[], $2::text[]) as k(rid, keys)
  on conflict (rid) do update set keys = excluded.keys`;

export const DELETE_KEYS = `delete from block_key where rid = any($1::bigint[])`;

export const READ_KEYS = `select rid, keys::text[] as keys from block_key where rid = any($1::bigint[])`;

/** Keys before and after, with their weights and what became of them: `expandMarks` finds whom that concerns. */
export const NOTE_KEYS = `
  insert into expand (rid, keys, weights, moves)
  select rid, string_to_array(keys, ',')::bigint[], string_to_array(weights, ',')::smallint[],
    string_to_array(moves, ',')::smallint[]
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as k(rid, keys, weights, moves)`;

export const RECORD_CHANGES = `
  insert into run_change (run_id, kind, golden_id, source, source_id, before, after)
  select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[])`;
