import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.js';

const real = fileURLToPath(new URL('../../bench/real', import.meta.url));
const sets = readdirSync(real).filter((name) => name !== 'measure');

test.each(sets)('the configuration of %s is valid without the data sets', async (name) => {
  const config = await loadConfig(join(real, name), { ASSAY_DATA: real });
  expect(config.sources.length).toBeGreaterThan(2);
});

test('the next day has the sources of the day before, each one store of the one file', async () => {
  const load = (name: string) => loadConfig(join(real, name), { ASSAY_DATA: real });
  const [day, next] = [await load('supermarkets'), await load('supermarkets-next-day')];
  expect(next.assay.dataDir).toBe(day.assay.dataDir);
  expect(next.sources.map(({ name, mapping }) => [name, mapping])).toEqual(
    day.sources.map(({ name, mapping }) => [name, mapping]),
  );
  expect(new Set(next.sources.map(({ where }) => `${where?.chain_id}:${where?.store_id}`)).size).toBe(7);
});

test('without the data sets the bench says so and is no failure', () => {
  const bench = fileURLToPath(new URL('../../dist/bench/real.js', import.meta.url));
  const run = (args: string[]) =>
    spawnSync(process.execPath, [bench, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ASSAY_DATA: join(real, 'nowhere') },
    });
  const all = run([]);
  expect([all.status, all.stdout.match(/^not measured: /gm)?.length]).toEqual([0, 4]);
  const unknown = run(['camera']);
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('there are video-games, cameras')]);
});
