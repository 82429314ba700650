/** Marks are set in the order of ids, like every lock; their numbers are given in the order of `$1`. */
export const MARK_RECORDS = `
  insert into dirty (rid, seq)
  select rid, seq from (
    select rid, nextval('mark_sequence') as seq from unnest($1::bigint[]) as m(rid)
  ) numbered order by rid
  on conflict (rid) do update set seq = excluded.seq`;

export const MARK_COMPONENTS = `
  insert into dirty_component (rid, seq)
  select rid, seq from (
    select rid, nextval('mark_sequence') as seq from unnest($1::bigint[]) as m(rid)
  ) numbered order by rid
  on conflict (rid) do update set seq = excluded.seq`;

export const MARK_EVERYTHING = `
  insert into dirty (rid, seq)
  select rid, nextval('mark_sequence') from (select rid from source_record where not withdrawn order by rid) r
  on conflict (rid) do update set seq = excluded.seq`;

const WAITING = { dirty: 'pending', dirty_component: 'true' } as const;
export type MarkTable = keyof typeof WAITING;

/** Marks of one chunk of numbers were mostly set together. */
const CHUNK_BITS = 8;

export const WAITING_CHUNKS = (table: MarkTable): string => `
  select seq >> ${CHUNK_BITS} as chunk, count(*)::int as marks
  from (select seq from ${table} where ${WAITING[table]} order by seq limit $1) s
  group by 1 order by 1`;

export const MARKS_OF_CHUNKS = (table: MarkTable): string => `
  select m.rid, m.seq
  from unnest($1::bigint[]) as c(chunk)
    join ${table} m on m.seq between c.chunk << ${CHUNK_BITS} and ((c.chunk + 1) << ${CHUNK_BITS}) - 1
  where ${WAITING[table]} order by m.rid`;
