import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readCsv } from '../../../src/dedup/table/index.js';
import { compileKey } from '../../../src/ingest/index.js';
import { keyText } from '../../../src/records.js';

/**
 * The labels name records by their row in the original feed (`metacritic_1` is the first), our sources by what the feed
 * itself says. From the labels' names to record keys; `key` is the source's own, as its file has it.
 */
export function keysByRow(name: string, key: readonly string[], rows: Iterable<unknown>): Map<string, string> {
  const readKey = compileKey(key);
  const keys = new Map<string, string>();
  let row = 0;
  for (const data of rows) {
    row++;
    const read = readKey(data);
    if ('id' in read) keys.set(`${name}_${row}`, keyText(name, read.id));
  }
  return keys;
}

/** Names in the labels → record keys, of all three sources. DBpedia's records carry their names themselves. */
export function gameKeys(folder: string): (id: string) => string {
  const feeds = join(folder, 'original_feeds');
  const metacritic = [...readCsv(join(feeds, 'metacritic.csv.gz'))].map(({ cells }) => cells);
  const sales = JSON.parse(gunzipSync(readFileSync(join(feeds, 'sales.json.gz'))).toString('utf8')) as unknown[];
  const keys = new Map([
    ...keysByRow('metacritic', ['name', 'platform'], metacritic),
    ...keysByRow('sales', ['Title', 'Platform', 'Year_of_Release'], sales),
  ]);
  return (id) => keys.get(id) ?? keyText('dbpedia', id);
}
