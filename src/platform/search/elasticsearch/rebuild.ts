import { AssayError } from '../../../errors.js';
import type { SearchDocument } from '../port.js';
import type { Connection } from './connection.js';
import type { Indices } from './indices.js';
import { countsOf } from './status.js';
import type { Writer } from './writer.js';

export interface Rebuilt {
  index: string;
  /** Documents that were read and written. */
  documents: number;
  /** Documents of the index before. */
  before: number;
  /** Removals taken over from it. */
  removed: number;
}

/**
 * Makes an index of today's layout, takes over what the old one knows to be removed, writes the documents, checks that all
 * are there, and swaps the alias. While it is filled, every writer writes to both (`Indices.targets`), each with versions,
 * so that the order in which a document and its change arrive does not matter. A failure leaves the old index as it was.
 */
export async function rebuild(
  connection: Connection,
  indices: Indices,
  writer: Writer,
  documents: AsyncIterable<SearchDocument[]>,
  told: (written: number) => void = () => {},
): Promise<Rebuilt> {
  await removeAbandoned(indices);
  const index = await indices.createNext();
  try {
    const before = await countsOf(connection, indices.names.current);
    await copyRemovals(connection, indices.names.current, index);
    const ids = new Set<string>();
    for await (const portion of documents) {
      await writer.fill(index, portion);
      for (const { goldenId } of portion) ids.add(goldenId);
      told(ids.size);
    }
    await connection.change((client, options) => client.indices.refresh({ index }, options));
    const { all, removed } = await countsOf(connection, index);
    if (all < ids.size)
      throw new AssayError(
        'PLATFORM_INVALID',
        `of ${ids.size} documents, ${index} has only ${all}: it was not put in place`,
      );
    await indices.swap(index);
    return { index, documents: ids.size, before: before.all - before.removed, removed };
  } catch (error) {
    await indices.remove([index]).catch(() => {});
    throw error;
  }
}

/** What a rebuild left that ended early. */
async function removeAbandoned(indices: Indices): Promise<void> {
  const states = await indices.list();
  await indices.remove(states.filter(({ current }) => !current).map(({ name }) => name));
}

async function copyRemovals(connection: Connection, from: string, to: string): Promise<void> {
  await connection.change((client, options) =>
    client.reindex(
      {
        source: { index: from, query: { term: { removed: true } } },
        dest: { index: to, version_type: 'external' },
        conflicts: 'proceed',
        refresh: true,
      },
      options,
    ),
  );
}
