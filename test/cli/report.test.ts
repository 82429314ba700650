import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ReportCommandOptions, report } from '../../src/cli/report.js';
import type { Workspace } from '../../src/workspace.js';
import { seed } from '../report/seed.js';
import { Installation } from './report-store.js';

const place = new Installation(['shop_a', 'shop_b', 'shop_d']);
let workspace: Workspace | undefined;
beforeAll(async () => {
  workspace = await place.open();
  await seed(workspace.platform.database);
});
afterAll(async () => {
  await workspace?.close();
  place.remove();
});

async function told(options: ReportCommandOptions): Promise<{ out: string; err: string }> {
  const { io, out, err } = place.io();
  await report(workspace!, io, options);
  return { out: out(), err: err() };
}

it('prints tables without colour where there is no terminal', async () => {
  const { out, err } = await told({});
  expect(err).toBe('');
  expect(out).toContain('7 records of 4 sources in 3 golden records');
  expect(out).not.toContain('\u001b');
});

it('prints the figures with --csv, of the run and with the tolerance asked for', async () => {
  const { out } = await told({ csv: true, run: 1, priceTolerance: 25 });
  expect(out.split('\n')[0]).toBe('section,source,other,metric,value');
  expect(out).toContain('\nrun,,,id,1\n');
  expect(out).toContain('\nprice_conflicts,,EUR,conflicting,0\n');
});

it('writes a page with --html, and nothing half', async () => {
  expect(await told({ html: 'report.html' })).toEqual({ out: '', err: 'Wrote report.html\n' });
  expect(readFileSync(join(place.base, 'report.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(place.base).filter((name) => name.includes('partial'))).toEqual([]);
  await expect(told({ html: 'no/such/folder.html' })).rejects.toThrow('Cannot write no/such/folder.html');
});

it('refuses wrong usage before it opens anything', async () => {
  expect(await place.assay('report', '--run', 'x')).toMatchObject({
    code: 2,
    err: expect.stringContaining('whole number'),
  });
  expect(await place.assay('report', '--csv', '--json')).toMatchObject({ code: 2, out: '' });
});

it('prints one JSON document as a command', async () => {
  await workspace?.close();
  workspace = undefined;
  const { code, out } = await place.assay('report', '--json', '--examples', '1');
  expect(code).toBe(0);
  const made = JSON.parse(out);
  expect(made).toMatchObject({ run: { id: 2 }, totals: { records: 7 }, golden: { total: 3 } });
  expect(made.worst.lowestQuality).toHaveLength(2);
});
