import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config/index.js';

const folder = fileURLToPath(new URL('../../bench/run/config', import.meta.url));

test('the configuration of the workload is valid', async () => {
  const config = await loadConfig(folder, { ASSAY_FEEDS: folder });
  expect(config.sources.map(({ name }) => name)).toEqual(['source_a', 'source_b', 'source_c']);
});

test.each(['run', 'ingest', 'harmonize'])('without the generator bench:%s says so and is no failure', (bench) => {
  const script = fileURLToPath(new URL(`../../dist/bench/${bench}.js`, import.meta.url));
  const env = { ...process.env, ASSAY_BENCH: join(folder, 'nowhere') };
  const { status, stdout } = spawnSync(process.execPath, [script], { encoding: 'utf8', env });
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^not measured: there is no workload generator at /m)]);
});
