import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvReader } from '../../../src/ingest/formats/csv-reader.js';

const cell = fc.oneof(
  fc.string({ maxLength: 8 }).map((text) => text.replaceAll(/["\r\n,]/g, '')),
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', '𝒳'), maxLength: 8 }),
);
const needsQuotes = /[",\r\n]/;
const written = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

it('reads what another parser reads, however the text is cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 }),
      fc.boolean(),
      (rows, newline, cuts, last) => {
        const text = `a,b,c${newline}${rows.map((row) => row.map(written).join(',')).join(newline)}${last ? newline : ''}`;
        const expected = (parse(text, { columns: true, relax_quotes: false }) as Record<string, string>[]).map(
          (row) => ({ ...row }),
        );
        const reader = new CsvReader('x', { quote: '"', delimiter: ',' }, 10_000);
        const items = [];
        let at = 0;
        for (let i = 0; at < text.length; i++) {
          const size = cuts[i % cuts.length]!;
          items.push(...reader.push({ text: text.slice(at, at + size), damaged: false }));
          at += size;
        }
        items.push(...reader.end());
        expect(items.map((item) => ('fault' in item ? item.fault : item.data))).toEqual(expected);
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

it('gives the same items and lines for broken text, however it is cut into chunks', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n'), maxLength: 120 }),
      fc.integer({ min: 1, max: 30 }),
      (text, size) => {
        const read = (step: number) => {
          const reader = new CsvReader('x', { quote: '"', delimiter: ',' }, 10_000);
          const items = [];
          // The head is looked at as a whole before anything is read.
          const head = `a,b\n${'x,y\n'.repeat(17_000)}`;
          items.push(...reader.push({ text: head, damaged: false }));
          for (let at = 0; at < text.length; at += step)
            items.push(...reader.push({ text: text.slice(at, at + step), damaged: false }));
          items.push(...reader.end());
          return items.slice(17_000);
        };
        expect(read(size)).toEqual(read(text.length + 1));
      },
    ),
    { numRuns: 40, seed: 11 },
  );
});
