import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../src/platform/database/engine.js';
import { readAnswer, statementMessage } from '../../../src/platform/database/messages.js';
import { RawProtocol } from '../../../src/platform/database/raw-protocol.js';
import { readTemplate } from '../../../src/platform/database/template.js';

let postgres: PGlite;
let raw: RawProtocol;
beforeAll(async () => {
  postgres = await startPostgres(undefined, readTemplate());
  raw = new RawProtocol(postgres);
});
afterAll(() => raw.plain(() => postgres.close()));

const ask = async (text: string) => readAnswer(await raw.send(statementMessage(text, [])));
const copy = (rows: string) =>
  raw.plain(() => postgres.query(`copy numbers from '/dev/blob'`, [], { blob: new Blob([rows]) }));

describe('RawProtocol', () => {
  it('answers in memory of its own, however long the answer', async () => {
    const first = await raw.send(statementMessage('select 1 as n', []));
    const { rows } = await ask(`select repeat('x', 100000) as text from generate_series(1, 30)`);
    expect(rows).toHaveLength(30);
    expect(new Set(rows.map((row) => (row.text as string).length))).toEqual(new Set([100_000]));
    expect(readAnswer(first).rows).toEqual([{ n: 1 }]);
    expect((await ask('select nothing')).failure?.sqlstate).toBe('42703');
  });

  it('keeps no answer', async () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 150; i++)
      await raw.send(statementMessage(`select repeat('x', 100000) from generate_series(1, 10)`, []));
    // 150 MB went by.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(40e6);
  });

  it('lets other calls have their answers and errors, before and after its own', async () => {
    await ask('create temp table numbers (n int)');
    await copy('1\n2\n');
    expect((await ask('select sum(n)::int as n from numbers')).rows).toEqual([{ n: 3 }]);
    await expect(copy('three\n')).rejects.toThrow('invalid input syntax');
    await expect(copy('four\n')).rejects.toThrow('invalid input syntax');
    await copy('5\n');
    expect((await ask('select sum(n)::int as n from numbers')).rows).toEqual([{ n: 8 }]);
    expect((await raw.plain(() => postgres.query('select count(*)::int as n from numbers'))).rows).toEqual([{ n: 3 }]);
  });
});
