export const RECORDS = `
  select rid, source, source_id, version_ts, withdrawn, golden_id, product from source_record
  where rid = any($1::bigint[]) order by rid for no key update`;

export const EDGES = `
  select a, b, probability, stage, state, refused from edge where a = any($1::bigint[]) and b = any($1::bigint[])`;

export const OLD_GOLDEN = `
  select golden_id, version, "values", lineage, members, quality, born from golden_record
  where golden_id = any($1::text[]) order by golden_id for update`;

/** Which of these ids are, or were, another product's. An id that only retired may come back. */
export const TAKEN_IDS = `
  select golden_id as id, null::bigint as version from golden_record where golden_id = any($1::text[])
  union all select old_id, null from golden_redirect where old_id = any($1::text[]) and new_id is not null`;

export const LAST_VERSIONS = `
  select golden_id, max(version) as version from golden_history where golden_id = any($1::text[]) group by golden_id`;

export const ARCHIVE = `
  insert into golden_history (golden_id, version, "values", lineage, members, quality, change, valid_from, valid_to)
  select g.golden_id, g.version, g."values", g.lineage, g.members, g.quality, c.change, g.valid_from, now()
  from golden_record g join unnest($1::text[], $2::text[]) as c(golden_id, change) using (golden_id)
  on conflict (golden_id, version) do nothing`;

export const DELETE_GOLDEN = `delete from golden_record where golden_id = any($1::text[])`;

export const UPSERT_GOLDEN = `
  insert into golden_record
    (golden_id, version, "values", lineage, members, sources, member_count, quality, born)
  select id, version, v, lineage, members, string_to_array(sources, ','), n, quality, born
  from unnest($1::text[], $2::bigint[], $3::jsonb[], $4::jsonb[], $5::jsonb[], $6::text[], $7::int[], $8::real[],
    $9::bigint[]) as g(id, version, v, lineage, members, sources, n, quality, born)
  on conflict (golden_id) do update set version = excluded.version, "values" = excluded."values",
    lineage = excluded.lineage, members = excluded.members, sources = excluded.sources,
    member_count = excluded.member_count, quality = excluded.quality, valid_from = now()`;

/** Only what differs: most changes of a golden record leave its vector as it was. */
export const UPSERT_VECTORS = `
  insert into golden_vector (golden_id, embedding)
  select id, embedding::vector from unnest($1::text[], $2::text[]) as g(id, embedding)
  on conflict (golden_id) do update set embedding = excluded.embedding
    where golden_vector.embedding <> excluded.embedding`;

export const DELETE_VECTORS = `delete from golden_vector where golden_id = any($1::text[])`;

export const SET_IDENTITIES = `
  update source_record r set golden_id = v.golden_id
  from unnest($1::bigint[], $2::text[]) as v(rid, golden_id) where r.rid = v.rid`;

export const REDIRECT = `
  insert into golden_redirect (old_id, new_id, reason) select * from unnest($1::text[], $2::text[], $3::text[])
  on conflict (old_id) do update set new_id = excluded.new_id, reason = excluded.reason, at = now()`;

/** Redirects are kept one step long: what led to a released id leads to its heir. */
export const FORWARD_REDIRECTS = `
  update golden_redirect r set new_id = v.new_id
  from unnest($1::text[], $2::text[]) as v(old_id, new_id) where r.new_id = v.old_id`;

export const DROP_REDIRECTS = `delete from golden_redirect where old_id = any($1::text[])`;

/** Locked in order first, as scorers lock edges. An edge that is no match any more says nothing of it. */
export const SET_REFUSED = `
  with held as materialized (
    select e.a, e.b, v.refused
    from edge e join unnest($1::bigint[], $2::bigint[], $3::text[]) as v(a, b, refused) on e.a = v.a and e.b = v.b
    where e.state = 'match' or v.refused is null
    order by e.a, e.b for no key update of e
  )
  update edge e set refused = held.refused from held where e.a = held.a and e.b = held.b`;

export const ENQUEUE = `
  insert into outbox (golden_id, version, payload)
  select id, version, jsonb_build_object('change', change) from unnest($1::text[], $2::bigint[], $3::text[])
    as e(id, version, change)`;
