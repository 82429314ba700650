import { type Static, Type } from '@sinclair/typebox';
import { compilePath } from '../path.js';
import { type Pager, withParam } from './pager.js';

export const pageSchema = Type.Object({
  type: Type.Literal('page'),
  param: Type.String({ default: 'page', minLength: 1, description: 'Query parameter that holds the page number.' }),
  start: Type.Integer({ default: 1, description: 'Number of the first page.' }),
  size_param: Type.Optional(Type.String({ minLength: 1, description: 'Query parameter for the page size.' })),
  size: Type.Integer({ default: 100, minimum: 1, description: 'Page size that is asked for.' }),
  total_pages: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Path of the number of pages in the answer; saves the last, empty page.',
    }),
  ),
  has_more: Type.Optional(
    Type.String({ minLength: 1, description: 'Path of a yes or no in the answer: whether there is another page.' }),
  ),
});

/**
 * Pages by number. It ends with an empty page unless the answer says how many there are: a page shorter than was asked for
 * does not end it, because servers may allow less than is asked.
 */
export function pagePager(options: Static<typeof pageSchema>): Pager {
  let number = options.start;
  const total = options.total_pages === undefined ? undefined : compilePath(options.total_pages);
  const more = options.has_more === undefined ? undefined : compilePath(options.has_more);
  return {
    first: (url) => {
      const sized = options.size_param === undefined ? url : withParam(url, options.size_param, options.size);
      return withParam(sized, options.param, number);
    },
    next: ({ url, body, items }) => {
      if (more) {
        if (more(body) !== true && more(body) !== 'true') return undefined;
      } else if (total) {
        const pages = Number(total(body));
        if (Number.isFinite(pages) && number >= options.start + pages - 1) return undefined;
      }
      if (items === 0) return undefined;
      number++;
      return withParam(url, options.param, number);
    },
  };
}
