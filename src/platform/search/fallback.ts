import { messageOf } from '../../errors.js';
import { isUnavailable } from '../guard.js';
import { beginAgain, cursorMaker } from './cursor.js';
import type { Search, SearchPage, SearchQuery, Suggestion } from './port.js';

export interface FallbackOptions {
  logger?: { warn(details: object, message: string): void };
}

export interface FallbackSearch extends Search {
  readonly primary: Search;
  readonly substitute: Search;
  /** Questions that the substitute answered. */
  degraded(): number;
}

/**
 * Asks the search server, and the index of the database while that is away; such a page says so in `degraded`.
 *
 * A cursor belongs to the index that made it. One of the substitute is taken up by the substitute, also when the server is
 * back, so that paging neither repeats nor omits; one of the server is BAD_REQUEST while that is away, with the advice to
 * begin again. `index` and `remove` go to the server alone: each index has a consumer of its own, so that one that is away
 * does not hold up the other. Closing closes neither.
 */
export function withFallback(primary: Search, substitute: Search, { logger }: FallbackOptions = {}): FallbackSearch {
  let answered = 0;
  let away = false;
  const instead = <T>(error: unknown, ask: () => Promise<T>): Promise<T> => {
    if (!isUnavailable(error)) throw error;
    if (!away) logger?.warn({ reason: messageOf(error) }, 'the search server is away: the database searches');
    away = true;
    answered++;
    return ask();
  };
  const marked = async (page: Promise<SearchPage>, degraded: string): Promise<SearchPage> => ({
    ...(await page),
    degraded,
  });
  return {
    primary,
    substitute,
    degraded: () => answered,
    index: (documents) => primary.index(documents),
    remove: (gone) => primary.remove(gone),
    search: async (query: SearchQuery): Promise<SearchPage> => {
      if (cursorMaker(query.cursor) === 'database') {
        answered++;
        return marked(substitute.search(query), 'this page goes on with a list that the index of the database began');
      }
      try {
        const page = await primary.search(query);
        away = false;
        return page;
      } catch (error) {
        return instead(error, () => {
          if (query.cursor !== undefined) throw beginAgain();
          return marked(substitute.search(query), messageOf(error));
        });
      }
    },
    suggest: async (prefix: string, limit: number): Promise<Suggestion[]> => {
      try {
        return await primary.suggest(prefix, limit);
      } catch (error) {
        return instead(error, () => substitute.suggest(prefix, limit));
      }
    },
    close: async () => {},
  };
}
