/** Records and golden records of every source. */
export const SOURCE_RECORDS = `
select source,
  count(*) filter (where not withdrawn)::int as live,
  count(*) filter (where withdrawn)::int as withdrawn,
  count(*) filter (where not withdrawn and golden_id is null)::int as unresolved
from source_record group by source`;

/** How many records of each source every golden record holds: the base of duplicates and overlap. */
const SHARES = `
select golden_id, source, count(*)::int as records
from source_record where not withdrawn and golden_id is not null group by golden_id, source`;

/** Duplicates within each source. */
export const DUPLICATES = `
select source, sum(records)::int as records, count(*)::int as golden_records,
  (sum(records) - count(*))::int as duplicates, count(*) filter (where records > 1)::int as groups,
  max(records)::int as largest
from (${SHARES}) share group by source`;

/** Golden records that two sources share (a < b). */
export const OVERLAP = `
with share as materialized (${SHARES})
select x.source as a, y.source as b, count(*)::int as shared
from share x join share y on y.golden_id = x.golden_id and x.source < y.source
group by x.source, y.source`;

/** Dead letters by source, step, code and status, with the smallest id of each as its example. */
export const DEAD_LETTERS = `
select source, step, code, status, count(*)::int as count, min(id) as example from dead_letter
group by source, step, code, status`;

/** The letters with these ids. */
export const DEAD_LETTER_EXAMPLES = `
select id, source, left(reason, 300) as reason from dead_letter where id = any($1::text[])`;
