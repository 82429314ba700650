import type { Client, estypes } from '@elastic/elasticsearch';
import { AssayError } from '../../../errors.js';
import type { RequestOptions } from './connection.js';
import { Busy } from './failure.js';

/** Most of a bulk request. */
const MOST_OPERATIONS = 2000;
const MOST_CHARACTERS = 8_000_000;

/** One document of a bulk request; absent version and source: delete whatever there is. */
export interface Operation {
  goldenId: string;
  version?: number;
  /** JSON. */
  source?: string;
}

export type BulkResult = { older: number } | 'index is gone';

const ANSWER = ['errors', 'items.*.status', 'items.*.error.type', 'items.*.error.reason'];

/**
 * Sends operations to each of the indices. What is older than what an index has is left out there; `older` counts it for
 * the first index.
 * @throws Busy when one of the documents may be sent again later; AssayError PLATFORM_INVALID when one is refused for good.
 */
export async function sendBulk(
  client: Client,
  options: RequestOptions,
  indices: readonly string[],
  operations: readonly Operation[],
  refresh: boolean,
): Promise<BulkResult> {
  const lines = indices.flatMap((index) => operations.flatMap((operation) => linesOf(index, operation)));
  const answer = await client.bulk({ operations: lines, refresh, filter_path: ANSWER }, options);
  let older = 0;
  if (!answer.errors) return { older };
  for (const [i, item] of answer.items.entries()) {
    const result = item.index ?? item.delete;
    if (result?.error === undefined) continue;
    if (result.status === 409) {
      if (i < operations.length) older++;
    } else if (result.error.type === 'index_not_found_exception') return 'index is gone';
    else throw refusal(operations[i % operations.length]?.goldenId ?? '', result.status, result.error);
  }
  return { older };
}

/** Operations in requests of a bearable size. */
export function portionsOf(operations: readonly Operation[]): Operation[][] {
  const all: Operation[][] = [];
  let size = 0;
  for (const operation of operations) {
    const length = operation.source?.length ?? 0;
    const last = all.at(-1);
    if (last === undefined || last.length >= MOST_OPERATIONS || size + length > MOST_CHARACTERS) {
      all.push([operation]);
      size = length;
    } else {
      last.push(operation);
      size += length;
    }
  }
  return all;
}

function linesOf(index: string, { goldenId, version, source }: Operation): string[] {
  if (source === undefined) return [JSON.stringify({ delete: { _index: index, _id: goldenId } })];
  const header = { index: { _index: index, _id: goldenId, version, version_type: 'external_gte' } };
  return [JSON.stringify(header), source];
}

function refusal(goldenId: string, status: number, error: estypes.ErrorCause): Error {
  const reason = `${error.type}: ${error.reason ?? ''}`;
  // Overloaded, or a shard that is moving; also the block that a full disk puts on an index.
  if (status === 429 || status >= 500 || error.type === 'cluster_block_exception') return new Busy(reason);
  return new AssayError('PLATFORM_INVALID', `Elasticsearch refused the document of ${goldenId}: ${reason}`);
}
