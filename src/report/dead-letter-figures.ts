import type { Sql } from '../platform/database/port.js';
import { compareText } from '../records.js';
import * as sql from './sources.sql.js';
import type { DeadLetterFigures } from './types.js';

interface Row {
  source: string;
  step: string;
  code: string;
  status: string;
  count: number;
  example: string;
}

/** Dead letters by source and by code, the most first. */
export async function collectDeadLetters(database: Sql): Promise<DeadLetterFigures> {
  const rows = await database.query<Row>(sql.DEAD_LETTERS);
  const status = (name: string): number => rows.reduce((n, row) => n + (row.status === name ? row.count : 0), 0);
  const open = rows.filter((row) => row.status === 'open');
  const bySource = new Map<string, number>();
  const byCode = new Map<string, { code: string; step: string; open: number; example: string }>();
  for (const row of open) {
    bySource.set(row.source, (bySource.get(row.source) ?? 0) + row.count);
    const name = `${row.code}\u001f${row.step}`;
    const known = byCode.get(name);
    if (known === undefined)
      byCode.set(name, { code: row.code, step: row.step, open: row.count, example: row.example });
    else {
      known.open += row.count;
      if (row.example < known.example) known.example = row.example;
    }
  }
  const codes = [...byCode.values()].sort(
    (x, y) => y.open - x.open || compareText(x.code, y.code) || compareText(x.step, y.step),
  );
  const examples = await database.query<{ id: string; source: string; reason: string }>(sql.DEAD_LETTER_EXAMPLES, [
    codes.map((row) => row.example),
  ]);
  const example = new Map(examples.map((row) => [row.id, row]));
  return {
    open: status('open'),
    retried: status('retried'),
    dropped: status('dropped'),
    bySource: [...bySource]
      .map(([source, count]) => ({ source, open: count }))
      .sort((x, y) => y.open - x.open || compareText(x.source, y.source)),
    byCode: codes.map((row) => ({
      code: row.code,
      step: row.step,
      open: row.open,
      example: example.get(row.example) ?? { id: row.example, source: '', reason: '' },
    })),
  };
}
