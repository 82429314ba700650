import { messageOf } from '../../../errors.js';
import { isUnavailable } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import { type Synonyms, synonymsOf } from '../text/index.js';
import { Connection, type Limits } from './connection.js';
import { Indices } from './indices.js';
import { ElasticsearchSearch } from './search.js';

export interface ElasticsearchOptions extends Partial<Limits> {
  /** Address with login, http://user:password@host:9200; several separated by commas. */
  url: string;
  /** Begins the names of the indices. */
  namespace: string;
  /** Groups of words that mean the same, beside the built-in ones; see `parseSynonyms`. */
  synonyms?: Synonyms;
  logger?: PlatformLogger;
}

/**
 * Opens the search server and makes the index where there is none. A server that is away at this moment is no error: the
 * index is made by the first write that reaches it.
 * @throws AssayError PLATFORM_INVALID for a server that cannot be used: another product, a refused login.
 */
export async function openElasticsearch(options: ElasticsearchOptions): Promise<ElasticsearchSearch> {
  const { url, namespace, synonyms, logger, ...limits } = options;
  const connection = new Connection(url, limits);
  const indices = new Indices(connection, namespace, logger);
  try {
    await indices.ensure();
  } catch (error) {
    if (!isUnavailable(error)) {
      await connection.close();
      throw error;
    }
    logger?.warn({ reason: messageOf(error) }, 'the search server is away');
  }
  return new ElasticsearchSearch(connection, indices, synonymsOf(synonyms));
}
