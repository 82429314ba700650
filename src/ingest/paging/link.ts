import { Type } from '@sinclair/typebox';
import type { Pager } from './pager.js';

export const linkSchema = Type.Object({ type: Type.Literal('link') });

/** Pages by the `Link: <…>; rel="next"` header (RFC 8288). */
export function linkPager(): Pager {
  return {
    first: (url) => url,
    next: ({ url, headers }) => {
      const target = nextLink(headers.link ?? '');
      return target === undefined ? undefined : new URL(target, url);
    },
  };
}

/** Target of the first link whose relations include `next`. */
export function nextLink(header: string): string | undefined {
  for (const [, target, params] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s;,="]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(params ?? '');
    const names = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/);
    if (names.includes('next')) return target;
  }
  return undefined;
}
