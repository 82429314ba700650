import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileLog } from '../../src/platform/log/index.js';
import { describeLog } from './log.js';

describeLog('files', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-log-'));
  const options = { segmentBytes: 4096, fsync: 'batch' } as const;
  let log = await openFileLog(folder, options);
  return {
    log,
    atomic: false,
    reopen: async () => {
      await log.close();
      log = await openFileLog(folder, options);
      return log;
    },
    destroy: async () => {
      await log.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
