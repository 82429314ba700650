import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../src/platform/database/port.js';
import { collectReport, type Report, renderCsv, renderHtml, renderTerminal } from '../../../src/report/index.js';
import { openStore } from '../../support/store.js';
import { CONFIG, seed } from '../seed.js';

let database: Database;
let report: Report;
let empty: Report;

beforeAll(async () => {
  database = await openStore();
  empty = await collectReport(database, CONFIG);
  await seed(database);
  report = await collectReport(database, CONFIG);
});
afterAll(() => database.close());

const withTitle = (title: string): Report => {
  const changed = structuredClone(report);
  changed.worst.lowestQuality[0]!.title = title;
  return changed;
};

describe('renderTerminal', () => {
  it('tells the figures without escape sequences where there is no colour', () => {
    const text = renderTerminal(report, { width: 120, colour: false });
    expect(text).not.toContain('\u001b');
    expect(text).toContain(
      'Run 2 (run, done), started 2026-03-02 10:00:00 UTC, took 2.5 s, 3.3 CPU s, peak memory 1,235 MB (ingest 1.3 s, score 0.5 s)',
    );
    expect(text).toContain('Notice: shop_d: no <answer> [SOURCE_UNREACHABLE]');
    expect(text).toMatch(/shop_a +20 +6 +3 +10 +0 +3 +2 +2 +0\n/);
    expect(text).toMatch(/shop_c \(no file\) .* 1 \(5 held\)/);
    expect(text).toMatch(/shop_a +shop_b +2 +0 +0 +0 +2 +1\n/);
    expect(text).toMatch(/price EUR +1 +1 +Canon EOS 90D – shop_a: 1,000 EUR/);
    expect(text).toMatch(/price change +Canon EOS 90D +shop_a +900 EUR → 1,000 EUR/);
    expect(text).toMatch(/Filled nowhere: mpn, /);
    expect(text).toMatch(/token +30 +12 +2 +6/);
    expect(text).toMatch(/gtin_conflict +1 /);
  });

  it('paints only when asked to', () => {
    expect(renderTerminal(report, { width: 120, colour: true })).toContain('\u001b[1mSources in this run\u001b[0m');
  });

  it('stays within the terminal for ordinary titles', () => {
    for (const line of renderTerminal(report, { width: 120, colour: false }).split('\n'))
      expect([...line].length).toBeLessThanOrEqual(125);
  });

  it('lets no title of a feed control the terminal', () => {
    const text = renderTerminal(withTitle('a\u001b[2Jb\rc\u202ed'), { width: 120, colour: false });
    for (const character of ['\u001b', '\r', '\u202e']) expect(text).not.toContain(character);
    expect(text).toContain('a\ufffd[2Jb c\ufffdd');
  });

  it('lists the greatest overlaps where a matrix would be too wide', () => {
    const text = renderTerminal(report, { width: 40, colour: false });
    expect(text).toMatch(/shop_a +shop_b +1\n/);
    expect(text).not.toContain('1 shop_a');
  });

  it('has something to say about an empty store', () => {
    expect(renderTerminal(empty, { width: 80, colour: false })).toContain('Nothing has run yet');
  });
});

describe('renderCsv', () => {
  const rows = (of: Report): string[][] => parse([...renderCsv(of)].join(''));
  const at = (of: Report, ...path: string[]): string | undefined =>
    rows(of).find((row) => path.every((cell, index) => row[index] === cell))?.[4];

  it('has every figure on a line of five cells', () => {
    expect(rows(report)[0]).toEqual(['section', 'source', 'other', 'metric', 'value']);
    expect(rows(report).every((row) => row.length === 5 && row[4] !== 'undefined' && row[4] !== 'NaN')).toBe(true);
    expect(at(report, 'sources', 'shop_a', '', 'received')).toBe('20');
    expect(at(report, 'sources', 'shop_b', '', 'live_records')).toBe('3');
    expect(at(report, 'fields', 'shop_a', 'gtins', 'share')).toBe('0.5');
    expect(at(report, 'matches', 'shop_a', 'shop_b', 'exact')).toBe('2');
    expect(at(report, 'overlap', 'shop_c', 'shop_b', 'golden_records')).toBe('1');
    expect(at(report, 'price_conflicts', '', 'EUR', 'conflicting')).toBe('1');
    expect(at(report, 'changes', '', '', 'price_changes')).toBe('2');
    expect(at(report, 'run', '', 'ingest', 'seconds')).toBe('1.25');
    expect(at(report, 'run', '', '', 'cpu_seconds')).toBe('3.25');
    expect(at(report, 'run', '', '', 'peak_memory_mb')).toBe('1234.5');
    expect(at(empty, 'totals', '', '', 'golden_records')).toBe('0');
  });

  it('quotes attribute names of feeds', () => {
    const hostile = structuredClone(report);
    hostile.conflicts.attributes[0]!.attribute = 'attributes.a,"b"\nc';
    expect(at(hostile, 'attribute_conflicts', '', 'attributes.a,"b"\nc', 'compared')).toBe('1');
  });
});

describe('renderHtml', () => {
  it('escapes whatever comes from a feed', () => {
    const page = renderHtml(report);
    expect(page).toContain('took 2.5 s, 3.3 CPU s, peak memory 1,235 MB.');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
    expect(page).toContain('no &lt;answer&gt;');
    const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/g)].map((match) => match[1]));
    expect(renderHtml(withTitle(`"><img src=x onerror='1'>`))).not.toContain('<img');
    expect([...tags].filter((tag) => ['script', 'img', 'link', 'iframe', 'object'].includes(tag!))).toEqual([]);
  });

  it('asks for nothing from outside', () => {
    const page = renderHtml(report);
    expect(page).not.toMatch(/(?:src|href)=|url\(|@import|https?:/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  it('has balanced markup and every section', () => {
    for (const of of [report, empty]) {
      const page = renderHtml(of);
      for (const tag of ['section', 'table', 'tr', 'td', 'svg', 'g', 'details', 'div', 'p', 'ul', 'li', 'span', 'text'])
        expect([tag, page.split(new RegExp(`<${tag}[ >]`)).length]).toEqual([tag, page.split(`</${tag}>`).length]);
      expect(page).not.toMatch(/undefined|NaN|\[object/);
    }
    const titles = [...renderHtml(report).matchAll(/<h2>([^<]+)/g)].map((match) => match[1]);
    expect(titles).toEqual([
      'Sources',
      'Golden records',
      'Matched pairs by stage',
      'Fields filled with a valid value',
      'Conflicts inside golden records',
      'Changes since the run before',
      'Review',
      'Where to look first',
      'What every step counted',
    ]);
  });

  it('draws the charts from the figures', () => {
    const page = renderHtml(report);
    expect(page).toContain('<title>1 source: 2 golden records</title>');
    expect(page).toContain('<title>shop_a and shop_b: 1</title>');
    expect(page).toContain('<title>shop_a – shop_b, exact: 2</title>');
  });
});
