/** The run with this id, or ($1 null) the newest that came to an end, or the newest. Seconds are rounded to milliseconds. */
export const RUN = `
select id, kind, status, started_at, finished_at, counters, summary,
  round(extract(epoch from finished_at - started_at) * 1000)::float8 / 1000 as seconds
from run
where $1::bigint is null or id = $1
order by status not in ('done', 'failed'), id desc
limit 1`;

/** The run's changes by kind. */
export const CHANGE_COUNTS = `
select kind, count(*)::int as count from run_change where run_id = $1 group by kind order by kind`;

/** The first changes of each kind, by golden id. A merged golden record is shown by its survivor's title. */
export const CHANGE_EXAMPLES = `
select kind, change.golden_id, source, source_id, before, after,
  coalesce(golden."values"->>'title', last."values"->>'title', '') as title
from (
  select *, row_number() over (
    partition by kind order by golden_id, source, source_id, before::text, after::text) as place
  from run_change where run_id = $1
) change
left join golden_redirect redirect on redirect.old_id = change.golden_id
left join golden_record golden on golden.golden_id = coalesce(redirect.new_id, change.golden_id)
left join lateral (
  select "values" from golden_history history where history.golden_id = change.golden_id order by version desc limit 1
) last on golden.golden_id is null
where place <= $2
order by kind, place`;

/** The snapshot in force. */
export const SNAPSHOT = `
select id, model, records, created_at from corpus_snapshot where current order by created_at desc, id limit 1`;
