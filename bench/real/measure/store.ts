import type { GoldenValues } from '../../../src/golden.js';
import type { Database } from '../../../src/platform/database/port.js';
import { keyText } from '../../../src/records.js';

/** A record that belongs to a golden record, with what identifies it. */
export interface StoredMember {
  key: string;
  source: string;
  sourceId: string;
  goldenId: string;
  title: string;
  gtins: string[];
  internalCodes: string[];
}

interface MemberRow {
  source: string;
  source_id: string;
  golden_id: string;
  title: string;
  gtins: string[];
  internal_codes: string[];
}

/** Every live record, by `keyText`. */
export async function readMembers(database: Database): Promise<Map<string, StoredMember>> {
  const members = new Map<string, StoredMember>();
  const statement = `select source, source_id, golden_id, product->>'title' as title, product->'gtins' as gtins,
    product->'internalCodes' as internal_codes from source_record where golden_id is not null`;
  for await (const rows of database.batches<MemberRow>(statement, [], 5000))
    for (const row of rows) {
      const key = keyText(row.source, row.source_id);
      members.set(key, {
        key,
        source: row.source,
        sourceId: row.source_id,
        goldenId: row.golden_id,
        title: row.title,
        gtins: row.gtins,
        internalCodes: row.internal_codes,
      });
    }
  return members;
}

export async function readGoldenIds(database: Database): Promise<Set<string>> {
  const rows = await database.query<{ golden_id: string }>('select golden_id from golden_record');
  return new Set(rows.map((row) => row.golden_id));
}

export async function readValues(database: Database, ids: readonly string[]): Promise<Map<string, GoldenValues>> {
  const rows = await database.query<{ golden_id: string; values: GoldenValues }>(
    'select golden_id, "values" from golden_record where golden_id = any($1::text[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.golden_id, row.values]));
}

/** Members by golden record, those of one record left out. */
export function sharedGolden<T extends { goldenId: string }>(members: Iterable<T>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const group = groups.get(member.goldenId);
    if (group === undefined) groups.set(member.goldenId, [member]);
    else group.push(member);
  }
  for (const [id, group] of groups) if (group.length < 2) groups.delete(id);
  return groups;
}

/** A single number. */
export async function countOf(database: Database, statement: string, values: unknown[] = []): Promise<number> {
  const [row] = await database.query<{ n: number }>(statement, values);
  return row?.n ?? 0;
}
