// Goes on with the crash tests for as long as asked: npm run test:soak -- --seed 1 --minutes 30
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, minutes: { type: 'string', default: '10' } },
});
const done = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'vitest.soak.config.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ASSAY_SOAK_SEED: values.seed, ASSAY_SOAK_MINUTES: values.minutes },
  },
);
process.exitCode = done.status ?? 1;
