/** Bounded: whoever asks wants to know whether there are more. */
export const COUNT_MARKS = `select count(*)::int as n from (select from dirty where pending limit $1) d`;

export const READ_SEQS = `select rid, seq from dirty where rid = any($1::bigint[])`;

export const ALL_SEQS = `select rid, seq, pending from dirty order by rid`;

/** Those who share a key with a record, the record among them, with their marks. */
export const RING_SEQS = `
  with wanted as materialized (select distinct unnest(keys) as key from block_key where rid = any($1::bigint[])),
  ring as (
    select b.rid from wanted w join block_key b on b.keys @> array[w.key]
    union select unnest($1::bigint[])
  )
  select d.rid, d.seq from ring join dirty d using (rid)`;

/** While a row is locked nobody can mark its record, and nobody else can write an edge of it. */
export const LOCK_SEQS = `
  select rid, seq from dirty where rid = any($1::bigint[]) order by rid for no key update`;

/** A mark that was set again meanwhile has another number and stays. */
export const FINISH_MARKS = `
  update dirty d set done_seq = d.seq, bar = seen.bar
  from unnest($1::bigint[], $2::bigint[], $3::int[]) as seen(rid, seq, bar)
  where d.rid = seen.rid and d.seq = seen.seq`;

export const EDGES_OF = `
  select a, b, probability, stage, state from edge where a = any($1::bigint[])
  union
  select a, b, probability, stage, state from edge where b = any($1::bigint[])`;

export const ALL_EDGES = `select a, b, probability, stage, state from edge`;

/** Edges by the lesser of their ends, from one id to another. */
export const EDGES_BETWEEN = `
  select a, b, probability, stage, state from edge where a between $1::bigint and $2::bigint`;

/** Locked in order first: a delete alone would take the rows as they come. */
export const DELETE_EDGES = `
  with gone as materialized (
    select e.a, e.b from edge e join unnest($1::bigint[], $2::bigint[]) as g(a, b) on e.a = g.a and e.b = g.b
    order by e.a, e.b for update of e
  )
  delete from edge e using gone where e.a = gone.a and e.b = gone.b`;

/** Why clustering did not follow a match is not kept for what is no match any more. */
export const UPSERT_EDGES = `
  insert into edge (a, b, probability, stage, state)
  select * from unnest($1::bigint[], $2::bigint[], $3::real[], $4::text[], $5::text[]) as e(a, b, p, stage, state)
  order by a, b
  on conflict (a, b) do update set probability = excluded.probability, stage = excluded.stage, state = excluded.state,
    refused = case when excluded.state = 'match' then edge.refused end`;
