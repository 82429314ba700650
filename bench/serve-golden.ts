import type { Database } from '../src/platform/database/index.js';
import { goldenOf } from './serve-records.js';

const COLUMNS = [
  'golden_id',
  'version',
  'values',
  'lineage',
  'members',
  'sources',
  'member_count',
  'quality',
  'born',
  'valid_from',
];

/** Writes golden records `from` to `from + count` into a store, and returns them. */
export async function storeGolden(database: Database, from: number, count: number) {
  const goldens = Array.from({ length: count }, (_, i) => goldenOf(from + i));
  await database.copyIn(
    'golden_record',
    COLUMNS,
    goldens.map((g) => [
      g.goldenId,
      g.version,
      JSON.stringify(g.values),
      JSON.stringify(g.lineage),
      JSON.stringify(g.members),
      g.sources,
      g.members.length,
      g.quality,
      1,
      g.validFrom,
    ]),
  );
  return goldens;
}
