/**
 * The database: Postgres with pgvector and pg_trgm, in process (PGlite) or a server.
 *
 * Contract, held by test/conformance/database on every adapter:
 * - Statements are parameterised text with $1…; arrays bind as one parameter each (`unnest($1::text[])`).
 * - Results are objects by column name. int8 comes as number where it is safe, else as bigint; numeric as string;
 *   json/jsonb parsed; timestamptz as Date; bytea as Uint8Array; arrays as arrays.
 * - `transaction` commits when the function returns and rolls back when it throws. Serialization failures and deadlocks
 *   are retried from the start, so the function has no effect outside the transaction. It must use the `Sql` it is given.
 * - `copyIn` writes rows in column order by COPY; null and undefined become NULL, objects JSON, arrays Postgres arrays.
 *   It returns the number of rows, and is part of the surrounding transaction.
 * - `exclusive` runs the work while no other process (nor this one) runs work of the same name, and returns undefined at
 *   once where one does. The right is lost with the connection: `signal` is then aborted, and the promise rejects.
 * - `batches` reads a result of any size in portions, inside one consistent snapshot.
 */
export interface Sql {
  query<R extends object = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<R[]>;
  copyIn(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number>;
}

export interface Database extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  exclusive<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>;
  batches<R extends object>(text: string, params: readonly unknown[], size: number): AsyncIterable<R[]>;
  close(): Promise<void>;
}

export { vectorText } from './vector.js';
