import type { Client } from '@elastic/elasticsearch';
import type { ServerFinding } from '../../../finding.js';
import type { RequestOptions } from '../connection.js';
import type { Names } from '../names.js';
import { ok, warning, wrong } from './finding.js';

type Options = Pick<RequestOptions, 'requestTimeout'>;

/** Whether the shards of the namespace's indices are there; without any, those of the cluster. */
export async function checkHealth(
  client: Client,
  options: Options,
  names: Names,
  any: boolean,
): Promise<ServerFinding> {
  const health = await client.cluster.health(any ? { index: names.pattern } : {}, options);
  const of = any ? 'the search index' : 'the cluster';
  if (health.status === 'red')
    return wrong(
      'health',
      `${of} is red: ${health.unassigned_shards} shards are nowhere`,
      'Bring back the server that had them, or rebuild: assay search-index rebuild.',
    );
  if (health.status === 'yellow')
    return warning(
      'health',
      `${of} is yellow: ${health.unassigned_shards} copies are missing`,
      'Start the server that has them; searches go on meanwhile.',
    );
  return ok('health', `${of} is ${health.status}`);
}

/** Blocks that keep indices from being written: one that a person set, or the server's for a full disk. */
export async function checkBlocks(client: Client, options: Options, names: Names): Promise<ServerFinding> {
  const settings = await client.indices.getSettings(
    { index: names.pattern, allow_no_indices: true, flat_settings: true },
    options,
  );
  const blocked = Object.entries(settings).flatMap(([index, { settings: all = {} }]) =>
    Object.entries(all as Record<string, unknown>).flatMap(([name, value]) =>
      name.startsWith('index.blocks.') && String(value) === 'true' ? [{ index, name }] : [],
    ),
  );
  const [first] = blocked;
  if (first === undefined) return ok('writable', 'the indices can be written');
  const full = blocked.some(({ name }) => name === 'index.blocks.read_only_allow_delete');
  return wrong(
    'writable',
    blocked.map(({ index, name }) => `${index} has ${name}`).join(', '),
    full
      ? 'The disk of a server was full: make room; the block goes by itself then, or with PUT INDEX/_settings {"index.blocks.read_only_allow_delete": null}.'
      : `Take the block away: PUT ${first.index}/_settings {"${first.name}": null}.`,
  );
}

/** Shares of the disk in use from which the server moves shards away, and from which it refuses writes. */
const HIGH = 0.9;
const FLOOD = 0.95;

export async function checkDisks(client: Client, options: Options, high = HIGH, flood = FLOOD): Promise<ServerFinding> {
  const { nodes } = await client.nodes.stats({ metric: 'fs' }, options);
  const disks = Object.values(nodes).flatMap(({ name, fs }) => {
    const { total_in_bytes: total, available_in_bytes: free } = fs?.total ?? {};
    return total === undefined || free === undefined || total === 0 ? [] : [{ name, used: 1 - free / total }];
  });
  const fullest = disks.sort((a, b) => b.used - a.used)[0];
  if (fullest === undefined || fullest.used < high) return ok('disk', 'there is room');
  const message = `the disk of ${fullest.name ?? 'a server'} is ${Math.floor(fullest.used * 100)}% full`;
  const advice = 'Make room or add a server; at 95% indices become read-only unless the watermarks are set otherwise.';
  return fullest.used >= flood ? wrong('disk', message, advice) : warning('disk', message, advice);
}
