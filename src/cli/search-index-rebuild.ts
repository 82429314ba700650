import { AssayError } from '../errors.js';
import type { GoldenRecord } from '../golden.js';
import type { Database } from '../platform/database/port.js';
import type { SearchDocument } from '../platform/search/port.js';
import { toSearchDocument } from '../serve/index.js';

/** What a search server gives for a rebuild. */
export interface RebuildTarget<R> {
  reindex(documents: AsyncIterable<SearchDocument[]>, told?: (written: number) => void): Promise<R>;
}

interface GoldenRow {
  golden_id: string;
  version: unknown;
  values: GoldenRecord['values'];
  sources: string[];
  valid_from: Date | string;
}

const PORTION = 1000;

/**
 * Builds the search server's index anew from the golden records, one rebuild at a time over all processes. Golden records are
 * read as they are once the new index takes events, so none is missed. Searches answer from the old index until then.
 * @throws AssayError CHECK_FAILED when another rebuild is under way; PLATFORM_UNAVAILABLE.
 */
export async function rebuildSearchIndex<R>(
  database: Database,
  search: RebuildTarget<R>,
  options: { signal?: AbortSignal; told?: (written: number, total: number) => void } = {},
): Promise<R> {
  const [row] = await database.query<{ count: unknown }>('select count(*) as count from golden_record');
  const total = Number(row?.count ?? 0);
  const done = await database.exclusive('search-rebuild', async (lost) => {
    const signal = options.signal === undefined ? lost : AbortSignal.any([lost, options.signal]);
    return { rebuilt: await search.reindex(goldenDocuments(database, signal), (n) => options.told?.(n, total)) };
  });
  if (done === undefined) throw new AssayError('CHECK_FAILED', 'another rebuild of the search index is under way');
  return done.rebuilt;
}

async function* goldenDocuments(database: Database, signal: AbortSignal): AsyncGenerator<SearchDocument[], void> {
  const rows = database.batches<GoldenRow>(
    'select golden_id, version, "values", sources, valid_from from golden_record order by golden_id',
    [],
    PORTION,
  );
  for await (const portion of rows) {
    signal.throwIfAborted();
    yield portion.map((row) =>
      toSearchDocument({
        goldenId: row.golden_id,
        version: Number(row.version),
        values: row.values,
        sources: row.sources,
        validFrom: new Date(row.valid_from).toISOString(),
      }),
    );
  }
}
