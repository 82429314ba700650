/** Dead letters that a person picked: $1 ids, $2 source, $3 code, $4 step, $5 statuses; null lets everything through. */
const PICKED = `
($1::text[] is null or id = any($1)) and ($2::text is null or source = $2) and ($3::text is null or code = $3)
  and ($4::text is null or step = $4) and ($5::text[] is null or status = any($5))`;

/** The newest first. $6: how many. */
export const LIST = `
select id, source, source_id, step, code, reason, origin, status, at from dead_letter
where ${PICKED} order by at desc, id limit $6`;

export const COUNT = `select count(*)::int as count from dead_letter where ${PICKED}`;

export const SHOW = `select * from dead_letter where id = $1`;

export const UNKNOWN = `select id from unnest($1::text[]) as asked (id) where id not in (select id from dead_letter)`;

export const DROP = `update dead_letter set status = 'dropped' where ${PICKED} returning id`;

/**
 * The next open letters in id order after $6, with their originals; $7: how many. Superseded: the store holds a version of
 * the record from further on in the log, which a retry would overwrite with the older one. A record always lies in the
 * same partition, so positions can be compared; harmonize writes them as raw@offset.
 */
export const RETRY = `
select id, source, source_id, step, original, exists (
  select from source_record r
  where r.source = dead_letter.source and r.source_id = dead_letter.source_id
    and r.version_offset > case when origin ~ '^raw@[0-9]{1,18}$' then substr(origin, 5)::bigint end
) as superseded
from dead_letter where ${PICKED} and id > $6 order by id limit $7`;

export const MARK_RETRIED = `update dead_letter set status = 'retried' where id = any($1::text[]) and status = 'open'`;
