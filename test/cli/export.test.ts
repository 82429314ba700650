import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExportCommandOptions, exportRows } from '../../src/cli/export.js';
import type { ExportName } from '../../src/report/index.js';
import type { Workspace } from '../../src/workspace.js';
import { seed } from '../report/seed.js';
import { Installation } from './report-store.js';

const place = new Installation(['shop_a']);
let workspace: Workspace | undefined;
beforeAll(async () => {
  workspace = await place.open();
  await seed(workspace.platform.database);
});
afterAll(async () => {
  await workspace?.close();
  place.remove();
});

async function exported(name: ExportName, options: ExportCommandOptions = {}): Promise<{ out: string; err: string }> {
  const { io, out, err } = place.io();
  await exportRows(workspace!.platform.database, io, name, options);
  return { out: out(), err: err() };
}

const lines = (text: string): string[] => text.trimEnd().split('\n');

it('prints golden records and history as JSON lines', async () => {
  const golden = await exported('golden', { format: 'jsonl' });
  expect(lines(golden.out).map((line) => JSON.parse(line).goldenId)).toEqual(['G1', 'G2', 'G3']);
  expect(lines((await exported('history')).out)).toHaveLength(5);
});

it('writes a file with --out and tells its rows', async () => {
  expect(await exported('edges', { out: 'edges.csv' })).toEqual({ out: '', err: 'Wrote 10 rows to edges.csv\n' });
  expect(lines(readFileSync(join(place.base, 'edges.csv'), 'utf8'))).toHaveLength(11);
  const json = await exported('edges', { out: 'edges.csv', json: true });
  expect(JSON.parse(json.out)).toEqual({ export: 'edges', rows: 10, file: 'edges.csv' });
});

it('refuses what it cannot write, and leaves no file', async () => {
  await expect(exported('golden', { format: 'csv', out: 'x' })).rejects.toMatchObject({ code: 'USAGE' });
  expect(await place.assay('export', 'golden', '--format', 'csv', '--out', 'x')).toMatchObject({ code: 2 });
  expect(await place.assay('export', 'nothing')).toMatchObject({ code: 2 });
  expect(existsSync(join(place.base, 'x'))).toBe(false);
});

it('prints the crosswalk as a command', async () => {
  await workspace?.close();
  workspace = undefined;
  const { code, out, err } = await place.assay('export', 'crosswalk', '--format', 'csv');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^source,source_id,golden_id\nshop_a,a1,G1\n/);
  expect(lines(out)).toHaveLength(7);
});
