import type { Connection } from './connection.js';
import type { Indices } from './indices.js';
import { LAYOUT } from './layout.js';

export interface IndexStatus {
  /** Name of the index that is searched; absent where there is none yet. */
  index?: string;
  state: 'current' | 'needs rebuild' | 'missing';
  documents: number;
  /** Removals that are remembered. */
  removed: number;
  /** Indices that are being filled, or were when a rebuild ended early. */
  filling: string[];
}

export async function statusOf(connection: Connection, indices: Indices): Promise<IndexStatus> {
  const states = await indices.list();
  const filling = states.filter((state) => state.filling).map(({ name }) => name);
  const current = states.find((state) => state.current);
  if (current === undefined) return { state: 'missing', documents: 0, removed: 0, filling };
  const { all, removed } = await countsOf(connection, current.name);
  return {
    index: current.name,
    state: current.layout === LAYOUT ? 'current' : 'needs rebuild',
    documents: all - removed,
    removed,
    filling,
  };
}

/** Documents of an index, removals included and alone. */
export async function countsOf(connection: Connection, index: string): Promise<{ all: number; removed: number }> {
  const count = (query: object) =>
    connection.change(async (client, options) => (await client.count({ index, query }, options)).count);
  return { all: await count({ match_all: {} }), removed: await count({ term: { removed: true } }) };
}
