/** Steward decisions on a pair (a < b) that no later decision revokes. */
const STANDING = `
select kind, least(a, b) as a, greatest(a, b) as b from steward_decision d
where kind in ('must_link', 'cannot_link') and a is not null and b is not null
  and not exists (select from steward_decision r where r.kind = 'revoke' and r.revokes = d.id)`;

/**
 * Matched pairs by the sources of their ends, in either order, and the stage that decided. A steward's must_link counts as
 * such alone. The narrow copy of the records makes the planner hash them: 0.8 s for 270k pairs, against 1.3 s of
 * index look-ups.
 */
export const MATCHES = `
with decided as materialized (select distinct a, b, kind from (${STANDING}) standing),
pair as (
  select a, b, stage from edge
  where state = 'match' and not exists (select from decided where decided.a = edge.a and decided.b = edge.b)
  union all
  select a, b, 'steward' from decided where kind = 'must_link'
),
record as materialized (select rid, source, golden_id from source_record where not withdrawn)
select x.source as a, y.source as b, stage, count(*)::int as pairs,
  count(*) filter (where x.golden_id is distinct from y.golden_id)::int as apart
from pair join record x on x.rid = pair.a join record y on y.rid = pair.b
group by x.source, y.source, stage`;

const QUEUE = `
select a, b, probability, stage from edge
where state = 'review' and not exists (
  select from (${STANDING}) decided where decided.a = edge.a and decided.b = edge.b)`;

/** Pairs that wait for a steward, by stage. */
export const REVIEW_COUNTS = `select stage, count(*)::int as pairs from (${QUEUE}) queue group by stage order by stage`;

/** Both ends of `pair`, the lesser key first. */
const ENDS = `
pair.probability::numeric::float8 as probability, pair.stage,
  x.source as a_source, x.source_id as a_id, coalesce(x.product->>'title', '') as a_title,
  y.source as b_source, y.source_id as b_id, coalesce(y.product->>'title', '') as b_title`;

const JOIN_ENDS = `
join source_record p on p.rid = pair.a
join source_record q on q.rid = pair.b
join lateral (select p.* where (p.source, p.source_id) < (q.source, q.source_id)
  union all select q.* where (p.source, p.source_id) > (q.source, q.source_id)) x on true
join lateral (select p.* where (p.source, p.source_id) > (q.source, q.source_id)
  union all select q.* where (p.source, p.source_id) < (q.source, q.source_id)) y on true`;

/** The most probable pairs that wait for a steward; equals by key. $1: how many. */
export const REVIEW_EXAMPLES = `
select ${ENDS} from (${QUEUE}) pair ${JOIN_ENDS}
order by pair.probability desc, x.source, x.source_id, y.source, y.source_id limit $1`;

/** Pairs that clustering refused to follow: by reason the count and the most probable pair. */
export const REFUSED = `
with pair as (
  select *, (count(*) over (partition by refused))::int as pairs,
    row_number() over (partition by refused order by probability desc, a, b) as place
  from edge where refused is not null
)
select refused as reason, pairs, ${ENDS} from pair ${JOIN_ENDS}
where place = 1 order by pairs desc, refused`;
