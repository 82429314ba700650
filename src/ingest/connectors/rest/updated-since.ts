import { type Static, Type } from '@sinclair/typebox';
import type { PullContext } from '../../connector.js';

export const sinceSchema = Type.Object(
  {
    param: Type.String({ minLength: 1, description: 'Query parameter that takes the time.' }),
    format: Type.Union([Type.Literal('iso'), Type.Literal('seconds'), Type.Literal('milliseconds')], {
      default: 'iso',
      description: 'How the time is written: ISO 8601, or seconds or milliseconds since 1970.',
    }),
    overlap_s: Type.Integer({
      default: 60,
      minimum: 0,
      description: 'Seconds asked for again, for records that were late in the source. Repeats are dropped.',
    }),
  },
  {
    description:
      'Ask only for what changed since the greatest `updated_at` of the pulls before. Such pulls do not withdraw records, because they do not list the rest.',
  },
);

/** The address with the watermark in it; as it is on a source's first pull. */
export function withSince(url: URL, options: Static<typeof sinceSchema> | undefined, context: PullContext): URL {
  if (!options || context.watermark === undefined) return url;
  context.changesOnly();
  const since = Math.max(0, context.watermark - options.overlap_s * 1000);
  const copy = new URL(url);
  copy.searchParams.set(options.param, timeText(since, options.format));
  return copy;
}

function timeText(ms: number, format: 'iso' | 'seconds' | 'milliseconds'): string {
  if (format === 'iso') return new Date(ms).toISOString();
  return String(format === 'seconds' ? Math.floor(ms / 1000) : ms);
}
