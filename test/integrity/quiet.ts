import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/platform/database/index.js';
import { goldenRecords } from '../support/golden.js';
import { assay } from '../support/process.js';
import type { SmallWorld } from '../support/small-world.js';

export interface QuietDay {
  golden: string[];
  records: number;
}

/** What a run without servers, that nobody disturbs, comes to after each of the two days. */
export async function quietDays(small: SmallWorld): Promise<[QuietDay, QuietDay]> {
  return [await day(1), await day(2)];

  async function day(number: 1 | 2): Promise<QuietDay> {
    small.showDay(number);
    const { code, stderr } = await assay(['run', '--no-report', '--config', small.config], {
      env: { ASSAY_DATA_DIR: small.data },
    });
    if (code !== 0) throw new Error(`the quiet run of day ${number} ended with ${code}: ${stderr}`);
    const database = await openEmbeddedDatabase(join(small.data, 'database'));
    try {
      const [row] = await database.query<{ n: number }>('select count(*)::int as n from source_record');
      return { golden: await goldenRecords(database), records: row?.n ?? 0 };
    } finally {
      await database.close();
    }
  }
}
