import type { GoldenValues } from '../golden.js';
import type { Sql } from '../platform/database/port.js';

export interface SimilarRow {
  golden_id: string;
  similarity: number;
  values: GoldenValues;
  sources: string[];
}

/**
 * Golden records by the cosine of their vectors to that of one, nearest first; none when it has no vector.
 *
 * @param sources only records that one of these lists; null: all
 */
export async function readSimilar(
  sql: Sql,
  goldenId: string,
  sources: readonly string[] | null,
  limit: number,
): Promise<SimilarRow[]> {
  const [own] = await sql.query<{ embedding: string }>(
    'select embedding::text from golden_vector where golden_id = $1',
    [goldenId],
  );
  if (own === undefined) return [];
  // The vector is a parameter, not a join: only so is it found through the index.
  return sql.query<SimilarRow>(
    `select golden_id, 1 - (v.embedding <=> $1::vector) as similarity, g."values", g.sources
     from golden_vector v join golden_record g using (golden_id)
     where golden_id <> $2 and ($3::text[] is null or g.sources && $3)
     order by v.embedding <=> $1::vector limit $4`,
    [own.embedding, goldenId, sources, limit],
  );
}
