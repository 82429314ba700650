import { setTimeout as sleep } from 'node:timers/promises';
import type { GoldenEvent } from '../../src/golden.js';
import { TOPICS } from '../../src/pipeline/context.js';
import { isBehind } from '../../src/pipeline/pending.js';
import type { Database } from '../../src/platform/database/port.js';
import type { Log } from '../../src/platform/log/port.js';
import { compareText } from '../../src/records.js';

/** Who reads golden events, and dead letters. */
const READERS: readonly [topic: string, group: string][] = [
  [TOPICS.golden, 'search'],
  [TOPICS.golden, 'search-substitute'],
  [TOPICS.golden, 'cache'],
  [TOPICS.deadLetter, 'dead-letters'],
];

/** Waits until every topic is read to its end and nothing is left to do in the store. */
export async function settled(platform: { log: Log; database: Database }): Promise<void> {
  // Several times: what one step finished is news to the next for a moment.
  for (let calm = 0; calm < 3; await sleep(100)) calm = (await isCalm(platform)) ? calm + 1 : 0;
}

async function isCalm({ log, database }: { log: Log; database: Database }): Promise<boolean> {
  if (await isBehind({ log, database })) return false;
  for (const [topic, group] of READERS)
    for (const { start, end, committed } of await log.positions(topic, group))
      if ((committed ?? start) < end) return false;
  return true;
}

/*
 * Golden records with their versions, as `id version`, in order: what the store has, and what each reader made of the events.
 */

export async function storedVersions(database: Database): Promise<string[]> {
  const rows = await database.query<{ golden_id: string; version: unknown }>(
    'select golden_id, version from golden_record',
  );
  return rows.map(({ golden_id, version }) => `${golden_id} ${Number(version)}`).sort(compareText);
}

/** The newest event of each key of the `golden` topic; none of ids that are gone. */
export async function toldVersions(log: Log): Promise<string[]> {
  const newest = new Map<string, string>();
  await log.consume({ topic: TOPICS.golden, from: async () => 0, maxMessages: 5000, untilEnd: true }, async (batch) => {
    for (const { key, value } of batch.messages) {
      if (value === null) newest.delete(key);
      else newest.set(key, `${key} ${(JSON.parse(value) as GoldenEvent).version}`);
    }
  });
  return [...newest.values()].sort(compareText);
}

interface Hits {
  hits: { hits: { _id: string; _version: number; sort: unknown[] }[] };
}

/** Every document that a search can find in Elasticsearch. The version there is twice the golden record's. */
export async function searchedVersions(address: string, namespace: string): Promise<string[]> {
  const index = `${address}/${namespace}-products`;
  await fetch(`${index}/_refresh`, { method: 'POST' });
  const found: string[] = [];
  for (let after: unknown[] | undefined; ; ) {
    const response = await fetch(`${index}/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        size: 5000,
        version: true,
        _source: false,
        query: { bool: { must_not: { term: { removed: true } } } },
        sort: [{ goldenId: 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      }),
    });
    if (!response.ok) throw new Error(await response.text());
    const { hits } = ((await response.json()) as Hits).hits;
    for (const { _id, _version } of hits) found.push(`${_id} ${_version / 2}`);
    after = hits.at(-1)?.sort;
    if (after === undefined) return found.sort(compareText);
  }
}

/** What the index of the database, the substitute of Elasticsearch, has. */
export async function substituteVersions(database: Database): Promise<string[]> {
  const rows = await database.query<{ golden_id: string; version: unknown }>(
    'select golden_id, version from search_document',
  );
  return rows.map(({ golden_id, version }) => `${golden_id} ${Number(version)}`).sort(compareText);
}

/** Golden records whose history has not each version before today's exactly once. */
export async function brokenHistories(database: Database): Promise<string[]> {
  const rows = await database.query<{ golden_id: string }>(
    `select g.golden_id from golden_record g
     where g.version - 1 <> (select count(*) from golden_history h where h.golden_id = g.golden_id and h.version < g.version)`,
  );
  return rows.map(({ golden_id }) => golden_id);
}
