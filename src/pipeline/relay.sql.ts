/** The oldest events, each with the golden record as it is now; a later event of the same id repeats it, harmlessly. */
export const READ_OUTBOX = `
  select o.seq, o.golden_id, o.payload ->> 'change' as change, g.version as current,
    (select max(h.version) from golden_history h where h.golden_id = o.golden_id) as last, g."values", g.members, g.sources,
    g.valid_from
  from outbox o left join golden_record g on g.golden_id = o.golden_id
  order by o.seq limit $1`;

export const ANY_OUTBOX = `select 1 from outbox limit 1`;

/** The event of a repeat says what the last one said; readers take the golden record as it is then. */
export const TELL_AGAIN = `
  insert into outbox (golden_id, version, payload)
  select id, 0, jsonb_build_object('change', 'changed') from unnest($1::text[]) as e(id)`;

export const CLEAR_OUTBOX = `delete from outbox where seq = any($1::bigint[])`;
