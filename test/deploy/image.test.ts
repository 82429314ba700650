/** What the image holds is enough: its last stage, laid out in a folder without an engine, works read-only. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installationFolder } from '../../src/installation.js';

const root = installationFolder();
const folder = mkdtempSync(join(tmpdir(), 'assay-image-'));
const image = join(folder, 'assay');
const [, last = ''] = readFileSync(join(root, 'deploy', 'Dockerfile'), 'utf8')
  .split(/^FROM .*\n/m)
  .slice(1);

/** `COPY a b folder` of the last stage; what the first stage made is in the checkout as well. */
const copies = [...last.matchAll(/^COPY (?:--from=build )?(.+)$/gm)].map(([, words = '']) => words.split(' '));

async function assay(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, ASSAY_DATA_DIR: join(folder, 'data'), NODE_ENV: 'production' };
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/run.mjs', ...args], { cwd: image, env });
  return stdout;
}

beforeAll(() => {
  for (const words of copies) {
    const target = words.at(-1) ?? '';
    for (const source of words.slice(0, -1)) {
      const from = join(root, source.replace('/build/', ''));
      const to = join(image, target === './' ? basename(source) : target);
      mkdirSync(join(to, '..'), { recursive: true });
      // Links, as far as a program does not look up from where it lies to what is beside it.
      if (basename(source) === 'node_modules') symlinkSync(from, to);
      else cpSync(from, to, { recursive: true });
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the image', () => {
  it('is copied from what there is', () => {
    expect(copies.length).toBeGreaterThan(5);
  });

  it('finds its configuration, migrations and programs', async () => {
    const findings = await assay('doctor');
    expect(findings).toMatch(/configuration +4 sources, 4 contracts/);
    expect(findings).not.toMatch(/^wrong/m);
    expect(await assay('source', 'check')).toContain('shop_api');
  });
});
