import { toSql } from 'pgvector';

/** A vector in the text that pgvector reads: `[0.5,-1]`. */
export function vectorText(vector: Float32Array): string {
  return toSql(Array.from(vector)) as string;
}
