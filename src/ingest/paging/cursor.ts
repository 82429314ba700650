import { type Static, Type } from '@sinclair/typebox';
import { compilePath } from '../path.js';
import { type Pager, withParam } from './pager.js';

export const cursorSchema = Type.Object({
  type: Type.Literal('cursor'),
  param: Type.String({ default: 'cursor', minLength: 1, description: 'Query parameter that takes the cursor.' }),
  next: Type.String({
    minLength: 1,
    description: 'Path of the next cursor, or of the whole next address, in the answer; missing or empty at the end.',
  }),
});

/** Pages by a cursor that each answer gives for the next. */
export function cursorPager(options: Static<typeof cursorSchema>): Pager {
  const read = compilePath(options.next);
  return {
    first: (url) => url,
    next: ({ url, body }) => {
      const cursor = read(body);
      if (typeof cursor !== 'string' && typeof cursor !== 'number') return undefined;
      const text = String(cursor);
      if (text === '') return undefined;
      return /^(https?:\/\/|\/|\?)/i.test(text) ? new URL(text, url) : withParam(url, options.param, text);
    },
  };
}
