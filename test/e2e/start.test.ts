import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay } from '../support/process.js';
import { answersReadme } from './readme-lines.js';
import { type StartedService, startMain } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-'));
const dataDir = join(folder, 'data');
const env = { ASSAY_DATA_DIR: dataDir };
let service: StartedService;

const text = async (path: string) => (await fetch(service.address + path)).text();
// biome-ignore lint/suspicious/noExplicitAny: answers are checked by what is read from them
const json = async (path: string): Promise<any> => JSON.parse(await text(path));
/** Runs a command beside the service and returns what it printed. */
async function command(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await assay(args, { env });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}
const crosswalk = () => command('export', 'crosswalk', '--format', 'csv');

beforeAll(async () => {
  service = await startMain(dataDir);
});
afterAll(() => {
  service?.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  it('is alive at once, ready after the first reconciliation, and prints the report', async () => {
    expect(await json('/health')).toMatchObject({ status: 'ok' });
    await service.ready();
    for (const part of [
      'Reconciliation report',
      'Sources in this run',
      'Matched pairs by stage',
      'Dead letters by code',
    ])
      expect(service.stdout()).toContain(part);
  });

  it('answers every curl line of the README', async () => {
    await answersReadme(service.address);
  });

  it('finds a sample product by text, code and record, with the sources behind it', async () => {
    const [byRecord] = (await json('/v1/products?source=grocer&id=G1678')).items;
    const [byGtin] = (await json('/v1/products?gtin=4261937524151')).items;
    expect(byGtin.goldenId).toBe(byRecord.goldenId);
    expect(byRecord.sources).toEqual(['grocer', 'legacy_csv', 'marketplace', 'shop_api']);
    const hits = (await json('/v1/search?q=bjornholm+lager+beer+50+cl&limit=5')).items;
    expect(hits.map((hit: { goldenId: string }) => hit.goldenId)).toContain(byRecord.goldenId);
    const members = await json(`/v1/products/${byRecord.goldenId}/members`);
    expect(members.items.length).toBe(byRecord.memberCount);
  });

  it('shows page, documentation and metrics', async () => {
    expect(await text('/')).toContain('<title>');
    expect(await text('/docs')).toContain('html');
    expect((await json('/docs/json')).openapi).toMatch(/^3\.1/);
    const metrics = await text('/metrics');
    expect(metrics).toMatch(/^products_processed_total\{source="shop_api",status="processed"\} [1-9]\d+$/m);
    expect(metrics).toMatch(/^product_processing_duration_seconds_count\{source="shop_api"\} [1-9]/m);
    expect(metrics).toMatch(/^duplicate_products_total\{source="marketplace",match_type="(exact|fuzzy)"\} [1-9]/m);
    for (const step of ['ingest', 'harmonize', 'dedup'])
      expect(metrics).toContain(`assay_step_records_total{step="${step}",source="grocer",outcome="received"}`);
  });

  it('lets commands in beside it', async () => {
    const report = JSON.parse(await command('report', '--json'));
    expect(report.totals.records).toBeGreaterThan(5000);
    expect(await crosswalk()).toMatch(/^source,source_id,golden_id\n/);
    expect(await command('explain', 'grocer/G1678', 'shop_api/SH-111746')).toContain('One product.');
    expect(await command('dead-letters', 'list')).toContain('RECORD_MALFORMED');
    const replayed = JSON.parse(await command('replay', '--json'));
    expect(replayed.changed).toBe(0);
    expect(replayed.goldenRecords.same).toBe(replayed.goldenRecords.today);
    const second = await assay(['run'], { env });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('Stop it, or point ASSAY_DATA_DIR');
  });

  it('stops at Ctrl-C, and goes on at the next start without doing anything twice', async () => {
    const before = await crosswalk();
    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(existsSync(join(dataDir, 'assay.lock'))).toBe(false);

    service = await startMain(dataDir);
    await service.ready();
    expect(await crosswalk()).toBe(before);
    const metrics = await text('/metrics');
    expect(metrics).not.toMatch(/step="harmonize"/);
    expect(metrics).not.toMatch(/outcome="(new|changed|applied)"/);

    await command('forget', 'grocer', 'G1678');
    expect((await json('/v1/products?source=grocer&id=G1678')).items).toEqual([]);
    const [rest] = (await json('/v1/products?gtin=4261937524151')).items;
    expect(rest.sources).toEqual(['legacy_csv', 'marketplace', 'shop_api']);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });
});
