/** Golden records in figures. */
export const GOLDEN_TOTALS = `
select count(*)::int as total, coalesce(avg(quality), 0)::float8 as mean_quality,
  coalesce(max(member_count), 0)::int as largest
from golden_record`;

export const GOLDEN_BY_SOURCES = `
select cardinality(sources)::int as sources, count(*)::int as golden_records from golden_record group by 1 order by 1`;

export const GOLDEN_BY_RECORDS = `
select member_count::int as records, count(*)::int as golden_records from golden_record group by 1 order by 1`;

const EXAMPLE = `
select golden_id, coalesce("values"->>'title', '') as title, member_count::int as records, sources, quality::float8 as quality
from golden_record`;

/** Lowest quality first, among equals the larger, then by id. */
export const LOWEST_QUALITY = `${EXAMPLE} order by quality, member_count desc, golden_id limit $1`;

export const LARGEST_CLUSTERS = `${EXAMPLE} where member_count > 1 order by member_count desc, golden_id limit $1`;
