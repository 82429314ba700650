import { type Static, Type } from '@sinclair/typebox';
import { compilePath } from '../path.js';
import { type Pager, withParam } from './pager.js';

export const offsetSchema = Type.Object({
  type: Type.Literal('offset'),
  param: Type.String({ default: 'offset', minLength: 1, description: 'Query parameter that holds the offset.' }),
  size_param: Type.String({ default: 'limit', minLength: 1, description: 'Query parameter for the page size.' }),
  size: Type.Integer({ default: 100, minimum: 1, description: 'Page size that is asked for.' }),
  total: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Path of the number of items in the answer; saves the last, empty page.',
    }),
  ),
});

/** Pages by position: goes on by the number of items that came, until none comes. */
export function offsetPager(options: Static<typeof offsetSchema>): Pager {
  let offset = 0;
  const total = options.total === undefined ? undefined : compilePath(options.total);
  return {
    first: (url) => withParam(withParam(url, options.size_param, options.size), options.param, offset),
    next: ({ url, body, items }) => {
      if (items === 0) return undefined;
      offset += items;
      if (total) {
        const count = Number(total(body));
        if (Number.isFinite(count) && offset >= count) return undefined;
      }
      return withParam(url, options.param, offset);
    },
  };
}
