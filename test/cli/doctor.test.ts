import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { doctor } from '../../src/cli/doctor.js';
import { checkNode, type Finding } from '../../src/cli/doctor-checks.js';
import { main } from '../../src/cli/main.js';
import { loadConfig } from '../../src/config/index.js';
import { openPlatform, runMigrations } from '../../src/platform/index.js';
import { CONTRACT, configFolder, SOURCE } from '../config/folder.js';

const shown = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map(({ check, state }) => [check, state]));
const find = (findings: readonly Finding[], check: string): Finding =>
  findings.find((f) => f.check === check) as Finding;

it('is content with a fresh checkout and with a data directory in use, and finds what is damaged', async () => {
  const folder = configFolder({
    'assay.yaml': 'data_dir: data\n',
    'sources/shop.yaml': SOURCE,
    'contracts/shop.yaml': CONTRACT,
  });
  const io = { env: {} };
  expect(new Set(Object.values(shown(await doctor(folder, io))))).toEqual(new Set(['ok']));

  const config = await loadConfig(folder, {});
  const { dataDir } = config.assay;
  const platform = await openPlatform(config);
  await runMigrations(platform.database);
  await platform.log.createTopics([{ name: 'raw', partitions: 1, compact: true }]);
  await platform.log.append('raw', [
    { key: 'a', value: 'one' },
    { key: 'b', value: 'two' },
  ]);
  const busy = await doctor(folder, io);
  expect(new Set(Object.values(shown(busy)))).toEqual(new Set(['ok']));
  expect(find(busy, 'lock').message).toContain(`process ${process.pid}`);
  expect(find(busy, 'log').message).toContain('2 messages of 1 topics');
  expect(find(busy, 'database').message).toMatch(/Postgres .*vector .*migrations applied/);
  await platform.database.query("update schema_migration set checksum = 'x'");
  expect(find(await doctor(folder, io), 'database')).toMatchObject({
    state: 'wrong',
    message: expect.stringContaining('0001_store.sql'),
  });
  await platform.close();

  const partition = join(dataDir, 'log', 'raw', '0');
  const segment = join(partition, readdirSync(partition)[0] as string);
  const bytes = readFileSync(segment);
  writeFileSync(segment, bytes.subarray(0, bytes.length - 3));
  expect(find(await doctor(folder, io), 'log').state).toBe('warning');
  writeFileSync(segment, Buffer.from(bytes).fill(1, 10, 11));
  const damaged = await doctor(folder, io);
  expect(find(damaged, 'log')).toMatchObject({
    state: 'wrong',
    message: `${segment}, byte 0, offset 0: wrong checksum`,
  });
  expect(find(damaged, 'log').advice).toContain('backup');
  expect(find(damaged, 'database').state).toBe('wrong');
});

it('exits with 1 when something is wrong, and tells all of it as JSON', async () => {
  const folder = configFolder({ 'assay.yaml': 'server: {port: nonsense}\n' });
  const io = {
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    cwd: process.cwd(),
    signal: new AbortController().signal,
  };
  expect(await main(['--config', folder, '--json', 'doctor'], io)).toBe(1);
  const { healthy, findings } = JSON.parse(String(io.stdout.read())) as { healthy: boolean; findings: Finding[] };
  expect(healthy).toBe(false);
  expect(find(findings, 'configuration')).toMatchObject({
    state: 'wrong',
    message: expect.stringContaining('assay.yaml:1'),
  });
});

it('wants a Node that has what is used', () => {
  expect(checkNode('20.14.9').state).toBe('wrong');
  expect(checkNode('18.20.0').state).toBe('wrong');
  expect(checkNode('20.15.0').state).toBe('ok');
  expect(checkNode('24.1.0').state).toBe('ok');
});
