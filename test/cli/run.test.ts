import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { CONTRACT, configFolder, SOURCE } from '../config/folder.js';

it('reconciles what can be read, and ends with 1 when a source could not be', async () => {
  const folder = configFolder({
    'assay.yaml': 'logging: {level: error}\n',
    'contracts/shop.yaml': CONTRACT,
    'sources/here.yaml': SOURCE,
    'sources/gone.yaml': SOURCE.replace('feed.csv', 'gone.csv'),
  });
  writeFileSync(join(folder, '..', 'feed.csv'), 'id,name\n1,Orbiton 190X\n2,Lumenta Q8 kettle\n');
  const assay = async (...argv: string[]) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const { signal } = new AbortController();
    const code = await main(['--config', folder, ...argv], { stdout, stderr, env: {}, cwd: folder, signal });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  };
  const first = await assay('run', '--no-report');
  expect(first).toMatchObject({ code: 1, out: expect.stringMatching(/^2 records, 2 golden records/) });
  expect(first.err).toMatch(/gone: .*gone\.csv/);
  expect(first.err).toContain('not read to the end: gone');
  writeFileSync(join(folder, '..', 'gone.csv'), 'id,name\n7,Orbiton 190Z\n');
  const second = await assay('--json', 'run');
  expect(second).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(second.out).run).toMatchObject({ records: 3, incomplete: [] });
});
