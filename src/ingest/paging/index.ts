import { type Static, Type } from '@sinclair/typebox';
import { cursorPager, cursorSchema } from './cursor.js';
import { linkPager, linkSchema } from './link.js';
import { offsetPager, offsetSchema } from './offset.js';
import { pagePager, pageSchema } from './page.js';
import type { Pager } from './pager.js';

export type { Page, Pager } from './pager.js';

export const paginationSchema = Type.Union(
  [pageSchema, offsetSchema, cursorSchema, linkSchema, Type.Object({ type: Type.Literal('none') })],
  { default: { type: 'none' }, description: 'How items are spread over pages: page, offset, cursor, link or none.' },
);

export function pagerFor(options: Static<typeof paginationSchema>): Pager {
  switch (options.type) {
    case 'page':
      return pagePager(options);
    case 'offset':
      return offsetPager(options);
    case 'cursor':
      return cursorPager(options);
    case 'link':
      return linkPager();
    case 'none':
      return { first: (url) => url, next: () => undefined };
  }
}
