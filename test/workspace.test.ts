import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { openWorkspace } from '../src/workspace.js';
import { CONTRACT, configFolder, SOURCE } from './config/folder.js';

let dataDir = '';
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('opens the platform at the newest schema, and logs without secrets', async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-workspace-'));
  const stderr = new PassThrough();
  const folder = configFolder({
    'sources/shop.yaml': SOURCE.replace('path: feed.csv', `path: "\${SHOP_FEED}"`),
    'contracts/shop.yaml': CONTRACT,
  });
  const io = { stderr, env: { ASSAY_DATA_DIR: dataDir, SHOP_FEED: 'hunter2.csv' } };
  const workspace = await openWorkspace(folder, io, { write: true });
  try {
    const rows = await workspace.platform.database.query<{ n: number }>('select count(*)::int as n from golden_record');
    expect(rows).toEqual([{ n: 0 }]);
    expect(workspace.platform.dataDir).toBe(dataDir);
    workspace.logger.warn({ file: 'hunter2.csv' }, 'cannot read hunter2.csv');
    expect(JSON.parse(String(stderr.read()))).toMatchObject({
      file: `\${SHOP_FEED}`,
      msg: `cannot read \${SHOP_FEED}`,
    });
  } finally {
    await workspace.close();
  }
});

test('a wrong configuration opens nothing', async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-workspace-'));
  const folder = configFolder({ 'assay.yaml': 'servre: {}\n' });
  const io = { stderr: new PassThrough(), env: { ASSAY_DATA_DIR: join(dataDir, 'none') } };
  await expect(openWorkspace(folder, io)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});
