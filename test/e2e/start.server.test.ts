/** `npm start` and the command line with an environment that names the four servers: the samples, as on the embedded platform. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FixtureServer, startFixtureServer } from '../../fixtures/server.js';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { goldenRecords } from '../support/golden.js';
import { assay } from '../support/process.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { runsExample } from './example.js';
import { answersReadme } from './readme-lines.js';
import { type StartedService, startMain } from './service.js';

vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'assay-start-'));
const dataDir = join(folder, 'server-data');
let fixtures: FixtureServer;
let world: ServerWorld;
let env: Record<string, string>;
let service: StartedService;
beforeAll(async () => {
  fixtures = await startFixtureServer({ port: 0 });
  world = await serverWorld(dataDir);
  env = { ...world.env, ASSAY_FIXTURE_URL: fixtures.url };
  service = await startMain(dataDir, env);
});
afterAll(async () => {
  service?.kill();
  await fixtures?.close();
  await world?.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const text = async (path: string) => (await fetch(service.address + path)).text();
/** Runs a command beside the service and returns what it printed. */
async function command(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await assay(args, { env });
  expect(code, stderr).toBe(0);
  return stdout;
}

describe('npm start on servers', () => {
  it('is ready after the first reconciliation, prints the report, and says of no server that it is away', async () => {
    await service.ready();
    for (const part of ['Reconciliation report', 'Matched pairs by stage', 'Dead letters by code'])
      expect(service.stdout()).toContain(part);
    expect(JSON.parse(await text('/ready'))).toEqual({ ready: true });
  });

  it('answers every curl line of the README', () => answersReadme(service.address));

  it('has the golden records of the embedded platform', async () => {
    const here = join(folder, 'embedded-data');
    const { code, stderr } = await assay(['run', '--no-report'], {
      env: { ASSAY_DATA_DIR: here, ASSAY_FIXTURE_URL: fixtures.url },
    });
    expect(code, stderr).toBe(0);
    const embedded = await openEmbeddedDatabase(join(here, 'database'));
    const expected = await goldenRecords(embedded);
    await embedded.close();
    expect(expected.length).toBeGreaterThan(2000);
    expect(await goldenRecords(world.database)).toEqual(expected);
  });

  it('reports beside it, stops at Ctrl-C, and goes on at the next start without doing anything twice', async () => {
    const report = JSON.parse(await command('report', '--json'));
    expect(report.totals.records).toBeGreaterThan(5000);
    const crosswalk = () => command('export', 'crosswalk', '--format', 'csv');
    const before = await crosswalk();
    expect(await service.stop()).toEqual({ code: 0, signal: null });

    service = await startMain(dataDir, env);
    await service.ready();
    const metrics = await text('/metrics');
    expect(metrics).not.toMatch(/step="harmonize"/);
    expect(metrics).not.toMatch(/outcome="(new|changed|applied)"/);
    expect(await crosswalk()).toBe(before);
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });
});

describe('the command line on servers', () => {
  it('runs a configuration of its own, takes a record out for good, and keeps it out', async () => {
    const own = await serverWorld(join(folder, 'own-data'));
    try {
      await runsExample(join(folder, 'example'), own.env);
    } finally {
      await own.destroy();
    }
  });
});
