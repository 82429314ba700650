import type { Sql } from '../../database/port.js';
import type { SuggestSource } from '../suggest.js';

export function databaseSuggestions(sql: Sql): SuggestSource {
  return {
    brands: (folded, limit) => brandsWith(sql, folded, limit),
    codes: async (plain, limit) =>
      (await documentsWithCode(sql, `'#${plain}':*`, limit)).map(({ golden_id, codes }) => ({
        goldenId: golden_id,
        codes,
      })),
  };
}

/** Brands that begin with the folded text, those of most documents first. */
async function brandsWith(sql: Sql, folded: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ brand: string }>(
    `select "values"[1] as brand from search_facet
     where field = 'brand' and documents > 0 and starts_with(folded, $1)
     order by documents desc, "values" limit $2`,
    [folded, limit],
  );
  return rows.map((row) => row.brand);
}

function documentsWithCode(
  sql: Sql,
  tsquery: string,
  limit: number,
): Promise<{ golden_id: string; codes: string[] }[]> {
  return sql.query(
    `with found as materialized (select golden_id, rank from search_document where terms @@ $1::tsquery),
     first as materialized (select golden_id, rank from found order by rank, golden_id limit $2)
     select golden_id, array(select json_array_elements_text(document -> 'codes')) as codes
     from first join search_document using (golden_id) order by first.rank, golden_id`,
    [tsquery, limit],
  );
}
