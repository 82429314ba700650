import { canonicalJson } from '../../src/canonical-json.js';
import type { GoldenValues } from '../../src/golden.js';
import type { Database } from '../../src/platform/database/port.js';
import type { RecordKey } from '../../src/records.js';
import { compareText } from '../../src/records.js';

/**
 * The golden records as two runs are compared by them: members and values, ids aside. One text a golden record, in order.
 */
export async function goldenRecords(database: Database): Promise<string[]> {
  const rows = await database.query<{ members: RecordKey[]; values: GoldenValues }>(
    'select members, "values" from golden_record',
  );
  return rows
    .map(({ members, values }) =>
      canonicalJson({
        members: members.map(({ source, sourceId }) => `${source}/${sourceId}`).sort(compareText),
        values,
      }),
    )
    .sort(compareText);
}
