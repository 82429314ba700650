import type { GoldenValues, Lineage } from '../golden.js';
import type { Sql } from '../platform/database/port.js';
import type { CanonicalProduct, RecordKey } from '../records.js';

export interface GoldenRow {
  golden_id: string;
  version: number;
  values: GoldenValues;
  members: RecordKey[];
  sources: string[];
  quality: number;
  valid_from: Date;
}

const COLUMNS = 'golden_id, version, "values", members, sources, quality, valid_from';

/** The golden records of the ids, and where ids that have none lead; `new_id` null: retired. */
export async function readGolden(sql: Sql, ids: readonly string[]): Promise<GoldenRow[]> {
  return sql.query<GoldenRow>(`select ${COLUMNS} from golden_record where golden_id = any($1::text[])`, [ids]);
}

/** Transactions that write, by their numbers: all before `oldest` are over and seen, none from `next` on has begun. */
export interface Horizon {
  oldest: number;
  next: number;
}

export async function readHorizon(sql: Sql): Promise<Horizon> {
  const [row] = await sql.query<{ oldest: string; next: string }>(
    `select pg_snapshot_xmin(s)::text as oldest, pg_snapshot_xmax(s)::text as next from pg_current_snapshot() as s`,
  );
  return { oldest: Number(row?.oldest), next: Number(row?.next) };
}

export interface RedirectRow {
  old_id: string;
  new_id: string | null;
}

export async function readRedirects(sql: Sql, ids: readonly string[]): Promise<RedirectRow[]> {
  return sql.query<RedirectRow>('select old_id, new_id from golden_redirect where old_id = any($1::text[])', [ids]);
}

export async function idsByGtin(sql: Sql, gtin14: string): Promise<string[]> {
  return idsOf(
    await sql.query(
      // Found first, ordered after: with the limit in sight the planner would read the ids in order and test each record.
      `with found as materialized (select golden_id from golden_record where "values" -> 'gtins' @> $1::jsonb)
       select golden_id from found order by golden_id limit 100`,
      [JSON.stringify([gtin14])],
    ),
  );
}

export async function idsByKey(sql: Sql, source: string, sourceId: string): Promise<string[]> {
  return idsOf(
    await sql.query(
      `select golden_id from source_record
       where source = $1 and source_id = $2 and not withdrawn and golden_id is not null`,
      [source, sourceId],
    ),
  );
}

/** Golden records whose MPN or model is the code, punctuation aside. */
export function goldenByCode(sql: Sql, code: string): Promise<GoldenRow[]> {
  const plain = (text: string) => `upper(regexp_replace(${text}, '[^[:alnum:]]+', '', 'g'))`;
  return sql.query<GoldenRow>(
    `select ${COLUMNS} from golden_record where golden_id in (
       select golden_id from golden_record where "values" ? 'mpn' and ${plain(`"values" ->> 'mpn'`)} = ${plain('$1')}
       union select golden_id from golden_record where "values" ? 'model' and ${plain(`"values" ->> 'model'`)} = ${plain('$1')}
     ) order by golden_id limit 1000`,
    [code],
  );
}

export interface VersionRow extends GoldenRow {
  valid_to: Date | null;
  change: string | null;
}

const VERSIONS = `
  select golden_id, version, "values", members, quality, valid_from, valid_to, change from golden_history
  where golden_id = $1
  union all
  select golden_id, version, "values", members, quality, valid_from, null, null from golden_record where golden_id = $1`;

/** Every version of an id, the newest first. */
export function readVersions(sql: Sql, id: string): Promise<VersionRow[]> {
  return sql.query<VersionRow>(`${VERSIONS} order by version desc`, [id]);
}

/** The version that held at the time. */
export async function readVersionAsOf(sql: Sql, id: string, time: string): Promise<VersionRow | undefined> {
  const [row] = await sql.query<VersionRow>(
    `select * from (${VERSIONS}) v where valid_from <= $2::timestamptz and (valid_to is null or valid_to > $2::timestamptz)
     order by version desc limit 1`,
    [id, time],
  );
  return row;
}

export interface MemberRow {
  source: string;
  source_id: string;
  first_seen: Date;
  changed_at: Date;
  product: CanonicalProduct;
}

export function readMembers(sql: Sql, id: string): Promise<MemberRow[]> {
  return sql.query<MemberRow>(
    `select source, source_id, first_seen, changed_at, product from source_record
     where golden_id = $1 and not withdrawn order by source, source_id`,
    [id],
  );
}

export async function readLineage(sql: Sql, id: string): Promise<(GoldenRow & { lineage: Lineage }) | undefined> {
  const [row] = await sql.query<GoldenRow & { lineage: Lineage }>(
    `select ${COLUMNS}, lineage from golden_record where golden_id = $1`,
    [id],
  );
  return row;
}

export interface SourceRow {
  source: string;
  records: number;
  withdrawn: number;
  products: number;
  changed_at: Date | null;
}

export function readSources(sql: Sql): Promise<SourceRow[]> {
  return sql.query<SourceRow>(
    `select source, (count(*) filter (where not withdrawn))::integer as records,
       (count(*) filter (where withdrawn))::integer as withdrawn,
       (count(distinct golden_id) filter (where not withdrawn))::integer as products, max(changed_at) as changed_at
     from source_record group by source order by source`,
  );
}

const idsOf = (rows: { golden_id?: string }[]): string[] => rows.flatMap((row) => row.golden_id ?? []);
