/** The oldest events, each with the golden record as it is now; a later event of the same id repeats it, harmlessly. */
export const READ_OUTBOX = `
  select o.seq, o.golden_id, o.payload ->> 'change' as change, g.version as current,
    (select max(h.version) from golden_history h where h.golden_id = o.golden_id) as last, g."values", g.members, g.sources,
    g.valid_from
  from outbox o left join golden_record g on g.golden_id = o.golden_id
  order by o.seq limit $1`;

export const CLEAR_OUTBOX = `delete from outbox where seq = any($1::bigint[])`;
