/** Live records of golden records that have more than one. */
const MEMBER = `
select r.golden_id, r.product as p from source_record r join golden_record g on g.golden_id = r.golden_id
where g.member_count > 1 and not r.withdrawn`;

/**
 * Prices by currency. $1: tolerance (share), $2: examples. A spread from a price of zero has no ratio: it conflicts, and
 * is left out of the median.
 */
export const PRICE_CONFLICTS = `
with price as (
  select golden_id, currency, min(amount) as least, max(amount) as greatest
  from (
    select golden_id, coalesce(p#>>'{price,currency}', '') as currency, (p#>>'{price,amount}')::float8 as amount
    from (${MEMBER}) member where p ? 'price'
  ) priced
  group by golden_id, currency having count(*) > 1
),
spread as (
  select golden_id, currency, greatest > least * (1 + $1::float8) as conflicts,
    (greatest - least) / nullif(least, 0) as spread
  from price
)
select currency, count(*)::int as compared, count(*) filter (where conflicts)::int as conflicting,
  coalesce(percentile_cont(0.5) within group (order by spread) filter (where conflicts), 0)::float8 as median_spread,
  coalesce((array_agg(golden_id order by spread desc nulls last, golden_id) filter (where conflicts))[1:$2], '{}') as examples
from spread group by currency order by conflicting desc, compared desc, currency collate "C"`;

/** Case, blanks and separators do not make two values different. */
const fold = (value: string): string => `lower(translate(${value}, ' -_./,', ''))`;

const NAMED = ['brand', 'model', 'mpn', 'size', 'colour', 'condition'] as const;

/**
 * Attributes with several values among the records of a golden record. $1: examples. Titles, descriptions, links and
 * categories are worded anew by every source and not compared. least <> greatest instead of count(distinct): no sort,
 * 2.5 times faster.
 */
export const ATTRIBUTE_CONFLICTS = `
with stated as (
  select golden_id, attribute, min(value collate "C") as least, max(value collate "C") as greatest, count(*)::int as records
  from (${MEMBER}) member cross join lateral (
    ${NAMED.map((name) => `select '${name}' as attribute, ${fold(`p->>'${name}'`)} as value where p ? '${name}'`).join(' union all\n    ')}
    union all
    select 'quantity.count', p#>>'{quantity,count}' where p->'quantity' ? 'count'
    union all
    select 'quantity.total',
      (p#>>'{quantity,total,dimension}') || trim_scale(round((p#>>'{quantity,total,value}')::numeric, 4))::text
    where p->'quantity' ? 'total'
    union all
    select 'variants.' || key, ${fold('value')} from jsonb_each_text(p->'variants')
    union all
    select 'attributes.' || key, ${fold('value')} from jsonb_each_text(p->'attributes')
  ) stated (attribute, value)
  group by golden_id, attribute having count(*) > 1
)
select attribute, count(*)::int as compared, count(*) filter (where least <> greatest)::int as conflicting,
  coalesce((array_agg(golden_id order by records desc, golden_id) filter (where least <> greatest))[1:$1], '{}') as examples
from stated group by attribute`;

/** GTINs conflict when two records of a golden record state GTINs and share none. $1: examples. */
export const GTIN_CONFLICTS = `
with stated as materialized (
  select golden_id, p->'gtins' as gtins, count(*)::int as records
  from (${MEMBER}) member where p->'gtins' <> '[]' group by 1, 2
),
golden as (
  select golden_id, sum(records)::int as records, count(*) > 1 as differ from stated group by 1 having sum(records) > 1
),
conflict as (
  select distinct x.golden_id from golden
  join stated x on x.golden_id = golden.golden_id
  join stated y on y.golden_id = x.golden_id and x.gtins < y.gtins
  where golden.differ and not x.gtins ?| array(select jsonb_array_elements_text(y.gtins))
)
select count(*)::int as compared, count(conflict.golden_id)::int as conflicting,
  coalesce((array_agg(golden.golden_id order by golden.records desc, golden.golden_id)
    filter (where conflict.golden_id is not null))[1:$1], '{}') as examples
from golden left join conflict on conflict.golden_id = golden.golden_id`;

/** The first $2 records of each of the golden records $1, in key order, and what the golden record shows. */
export const CONFLICT_MEMBERS = `
select golden_id, source, source_id, product, "values", count
from (
  select r.golden_id, r.source, r.source_id, r.product, g."values",
    row_number() over (partition by r.golden_id order by r.source, r.source_id) as place,
    (count(*) over (partition by r.golden_id))::int as count
  from source_record r join golden_record g on g.golden_id = r.golden_id
  where r.golden_id = any($1::text[]) and not r.withdrawn
) member
where place <= $2 order by golden_id, place`;
