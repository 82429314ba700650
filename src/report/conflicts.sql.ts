/** Live records of golden records that have more than one. */
const MEMBER = `
select r.golden_id, r.product as p from source_record r join golden_record g on g.golden_id = r.golden_id
where g.member_count > 1 and not r.withdrawn`;

/**
 * Prices by currency. $1: tolerance (share), $2: examples. A spread from a price of zero has no ratio: it conflicts, and
 * is left out of the median. Taken out of the documents first: else the sort drags all of them along, at 100k records 110 MB.
 */
export const PRICE_CONFLICTS = `
with stated as materialized (
  select golden_id, coalesce(p#>>'{price,currency}', '') as currency, (p#>>'{price,amount}')::float8 as amount
  from (${MEMBER}) member where p ? 'price'
),
price as (
  select golden_id, currency, min(amount) as least, max(amount) as greatest
  from stated group by golden_id, currency having count(*) > 1
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

/** Compared by columns, not one row a value. */
const NAMED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['brand', 'model', 'mpn', 'size', 'colour', 'condition'].map((name) => [name, fold(`named.${name}`)]),
  ),
  'quantity.count': `quantity->>'count'`,
  'quantity.total': `(quantity#>>'{total,dimension}')
    || trim_scale(round((quantity#>>'{total,value}')::numeric, 4))::text`,
};

const each = (column: (path: string, at: number) => string): string => Object.keys(NAMED).map(column).join(',\n    ');

/** A bag holds attributes by name: one row a value. */
const bag = (name: string): string => `
  select golden_id, '${name}.' || key as attribute, ${fold('value')} as value
  from (${MEMBER}) member cross join jsonb_each_text(p->'${name}') where p->'${name}' <> '{}' and value is not null`;

/**
 * Attributes with several values among the records of a golden record: the $2 with the most conflicts, each with $1
 * examples; `attributes` and `all_conflicting` count those left out as well. Titles, descriptions, links and categories
 * are worded anew by every source and not compared. Examples are ranked apart: an aggregate with `order by` would sort
 * every value. 100k records with 14 values each: 3.8 s in the embedded database.
 */
export const ATTRIBUTE_CONFLICTS = `
with folded as materialized (
  select golden_id,
    ${each((path, at) => `${NAMED[path]} as v${at}`)}
  from (${MEMBER}) member
  cross join jsonb_to_record(p) named (brand text, model text, mpn text, size text, colour text, condition text, quantity jsonb)
),
named as (
  select golden_id,
    ${each((_, at) => `count(v${at})::int as n${at}, min(v${at} collate "C") as l${at}, max(v${at} collate "C") as g${at}`)}
  from folded group by golden_id
),
stated as materialized (
  select golden_id, attribute, records, conflicts from named cross join lateral (values
    ${each((path, at) => `('${path}', n${at}, l${at} <> g${at})`)}) one (attribute, records, conflicts)
  where records > 1
  union all
  -- Grouped over both bags at once: of one bag the planner expects a hundred values a record, and sorts, which takes twice as long.
  select golden_id, attribute, count(*)::int, min(value collate "C") <> max(value collate "C")
  from (${bag('variants')} union all ${bag('attributes')}) value
  group by golden_id, attribute having count(*) > 1
),
ranked as (
  select attribute, count(*)::int as compared, count(*) filter (where conflicts)::int as conflicting,
    (count(*) over ())::int as attributes, (sum(count(*) filter (where conflicts)) over ())::int as all_conflicting
  from stated group by attribute
  order by conflicting desc, compared desc, attribute collate "C" limit $2
),
placed as (
  select attribute, golden_id, row_number() over (partition by attribute order by records desc, golden_id) as place
  from stated where conflicts
),
example as (
  select attribute, array_agg(golden_id order by place) as examples from placed where place <= $1 group by attribute
)
select ranked.*, coalesce(examples, '{}') as examples from ranked left join example using (attribute)
order by conflicting desc, compared desc, attribute collate "C"`;

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
