/** What can be exported, each in the order of its keys (COLLATE "C"), so that two exports can be compared line by line. */
export const CROSSWALK = `
select source, source_id, golden_id from source_record
where not withdrawn and golden_id is not null order by source, source_id`;

export const GOLDEN = `
select golden_id, version, "values", lineage, members, sources, quality::numeric::float8 as quality, valid_from
from golden_record order by golden_id`;

/** Every version of every golden record there ever was; the current ones have no end. */
export const HISTORY = `
select golden_id, version, "values", lineage, members, quality::numeric::float8 as quality, change, valid_from, valid_to
from golden_history
union all
select golden_id, version, "values", lineage, members, quality::numeric::float8, null, valid_from, null
from golden_record
order by golden_id, version`;

/** Kept pairs, the lesser key first, and what stewards decided about pairs; a decision has no probability. */
export const EDGES = `
with pair as (
  select a, b, probability::numeric::float8 as probability, stage, state, refused from edge
  union all
  select a, b, null, 'steward', kind, null from steward_decision d
  where kind in ('must_link', 'cannot_link') and a is not null and b is not null
    and not exists (select from steward_decision r where r.kind = 'revoke' and r.revokes = d.id)
),
ends as (
  select x.source as xs, x.source_id as xi, y.source as ys, y.source_id as yi, probability, stage, state, refused
  from pair join source_record x on x.rid = pair.a join source_record y on y.rid = pair.b
)
select case when (xs, xi) < (ys, yi) then xs else ys end as source_a,
  case when (xs, xi) < (ys, yi) then xi else yi end as source_id_a,
  case when (xs, xi) < (ys, yi) then ys else xs end as source_b,
  case when (xs, xi) < (ys, yi) then yi else xi end as source_id_b,
  probability, stage, state, refused
from ends order by 1, 2, 3, 4, state`;
