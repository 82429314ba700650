export const COUNT_MARKS = `select count(*)::int as n from dirty`;

/** Marks of withdrawn records come along: their edges go. */
export const TAKE_MARKS = `select rid, seq from dirty order by rid limit $1`;

export const EDGES_OF = `
  select a, b, probability, stage, state from edge where a = any($1::bigint[])
  union
  select a, b, probability, stage, state from edge where b = any($1::bigint[])`;

export const ALL_EDGES = `select a, b, probability, stage, state from edge`;

export const DELETE_EDGES = `
  delete from edge e using unnest($1::bigint[], $2::bigint[]) as gone(a, b) where e.a = gone.a and e.b = gone.b`;

export const UPSERT_EDGES = `
  insert into edge (a, b, probability, stage, state)
  select * from unnest($1::bigint[], $2::bigint[], $3::real[], $4::text[], $5::text[])
  on conflict (a, b) do update set probability = excluded.probability, stage = excluded.stage, state = excluded.state`;

/** A mark that was set again meanwhile has another sequence number and stays. */
export const CLEAR_MARKS = `
  delete from dirty d using unnest($1::bigint[], $2::bigint[]) as seen(rid, seq) where d.rid = seen.rid and d.seq = seen.seq`;
