import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { deadLetterId, storeDeadLetters } from '../../src/dead-letters.js';
import type { Database } from '../../src/platform/database/port.js';
import type { Log, LogMessage } from '../../src/platform/log/port.js';
import { type DeadLetter, keyText } from '../../src/records.js';
import { dropLetters, listLetters, retryLetters, showLetter } from '../../src/report/letters.js';
import { openStore } from '../support/store.js';

const database: Database = await openStore();
afterAll(() => database.close());
beforeEach(() => database.query('truncate dead_letter, source_record'));

const raw = (id: string) => JSON.stringify({ source: 'shop', id, contract: 'items', updatedAt: 0, data: { id } });

function letter(id: string, over: Partial<DeadLetter> = {}): DeadLetter {
  return {
    source: 'shop',
    id,
    step: 'harmonize',
    code: 'MAPPING_FAILED',
    reason: `no title in ${id}`,
    origin: 'raw@5',
    original: raw(id),
    mapping: 'm1',
    at: '2026-03-02T10:00:00.000Z',
    ...over,
  };
}

/** The part of a log that a retry uses, kept in memory. */
function memoryLog(): { log: Log; sent: { topic: string; message: LogMessage }[] } {
  const sent: { topic: string; message: LogMessage }[] = [];
  const append: Log['append'] = async (topic, messages) =>
    void sent.push(...messages.map((message) => ({ topic, message })));
  return { log: { append } as Log, sent };
}

const statuses = async () =>
  Object.fromEntries((await listLetters(database, {}, 100)).letters.map((row) => [row.sourceId, row.status]));

describe('deadLetterId', () => {
  it('is the same for a record that fails a step again from another position', () => {
    expect(deadLetterId(letter('a'))).toBe(deadLetterId(letter('a', { origin: 'raw@99', reason: 'other' })));
    expect(deadLetterId(letter('a'))).toMatch(/^[0-9a-f]{16}$/);
  });

  it('tells apart records, steps, and lines without an id', () => {
    const ids = [
      letter('a'),
      letter('b'),
      letter('a', { step: 'dedup' }),
      letter('a', { source: 'other' }),
      letter('', { step: 'ingest', origin: 'f.csv:1' }),
      letter('', { step: 'ingest', origin: 'f.csv:2' }),
      letter('a', { step: 'ingest', origin: 'f.csv:1' }),
    ].map(deadLetterId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('storeDeadLetters', () => {
  it('keeps one row a letter, with the newest reason, also within a batch', async () => {
    expect(await storeDeadLetters(database, [letter('a'), letter('b'), letter('a', { reason: 'second' })])).toBe(2);
    await storeDeadLetters(database, [letter('a', { reason: 'third' })]);
    const found = await listLetters(database, { source: 'shop' }, 10);
    expect(found.total).toBe(2);
    expect(found.letters.find((row) => row.sourceId === 'a')?.reason).toBe('third');
  });

  it('keeps what Postgres cannot hold visible instead of failing', async () => {
    await storeDeadLetters(database, [letter('', { step: 'ingest', original: 'a\0b\ud800c', reason: 'NUL \0' })]);
    const [row] = (await listLetters(database, {}, 1)).letters;
    expect(row?.reason).toBe('NUL \u2400');
    expect((await showLetter(database, row!.id)).original).toBe('a\u2400b\ufffdc');
  });

  it('splits large originals over several statements', async () => {
    const large = 'x'.repeat(5 << 20);
    const letters = ['a', 'b', 'c'].map((id) => letter(id, { original: large }));
    expect(await storeDeadLetters(database, letters)).toBe(3);
    expect((await showLetter(database, deadLetterId(letters[2]!))).original).toHaveLength(large.length);
  });

  it('opens a retried letter again, and a dropped one only when it has changed', async () => {
    await storeDeadLetters(database, [letter('a'), letter('b'), letter('c')]);
    await dropLetters(database, { ids: [deadLetterId(letter('a')), deadLetterId(letter('b'))] });
    await database.query(`update dead_letter set status = 'retried' where source_id = 'c'`);
    await storeDeadLetters(database, [letter('a'), letter('b', { original: '{}' }), letter('c')]);
    expect(await statuses()).toEqual({ a: 'dropped', b: 'open', c: 'open' });
  });
});

describe('listLetters', () => {
  it('shows the newest first and counts the rest', async () => {
    await storeDeadLetters(database, [
      letter('a'),
      letter('b', { at: '2026-03-03T10:00:00.000Z', code: 'CONTRACT_VIOLATED' }),
      letter('c', { at: '2026-03-01T10:00:00.000Z', source: 'other' }),
    ]);
    const page = await listLetters(database, {}, 2);
    expect(page.total).toBe(3);
    expect(page.letters.map((row) => row.sourceId)).toEqual(['b', 'a']);
    expect((await listLetters(database, { code: 'CONTRACT_VIOLATED' }, 9)).total).toBe(1);
    expect((await listLetters(database, { source: 'other', status: ['open'] }, 9)).total).toBe(1);
    expect((await listLetters(database, { status: ['dropped'] }, 9)).total).toBe(0);
  });

  it('refuses to show what is not there', async () => {
    await expect(showLetter(database, 'nope')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('dropLetters', () => {
  it('drops what the filter picks and counts it', async () => {
    await storeDeadLetters(database, [letter('a'), letter('b'), letter('c', { source: 'other' })]);
    expect(await dropLetters(database, { source: 'shop' })).toBe(2);
    expect(await dropLetters(database, { source: 'shop' })).toBe(0);
    expect(await statuses()).toEqual({ a: 'dropped', b: 'dropped', c: 'open' });
  });

  it('does nothing when an id is unknown', async () => {
    await storeDeadLetters(database, [letter('a')]);
    await expect(dropLetters(database, { ids: [deadLetterId(letter('a')), 'nope'] })).rejects.toThrow(/nope/);
    expect(await statuses()).toEqual({ a: 'open' });
  });
});

describe('retryLetters', () => {
  it('sends whole records again under their key, as they came', async () => {
    const all = Array.from({ length: 250 }, (_, at) => letter(`r${at}`));
    await storeDeadLetters(database, all);
    const { log, sent } = memoryLog();
    const result = await retryLetters(database, log, 'raw', { source: 'shop' });
    expect(result).toEqual({ retried: 250, superseded: 0, notRecords: 0 });
    expect(new Set(sent.map(({ message }) => message.key)).size).toBe(250);
    const r7 = sent.find(({ message }) => message.key === keyText('shop', 'r7'));
    const message = { key: keyText('shop', 'r7'), value: raw('r7'), headers: { contract: 'items' } };
    expect(r7).toEqual({ topic: 'raw', message });
    expect(new Set(Object.values(await statuses()))).toEqual(new Set(['retried']));
    expect(await retryLetters(database, log, 'raw', {})).toEqual({ retried: 0, superseded: 0, notRecords: 0 });
  });

  it('leaves open what holds no record of its own, and what the store has a newer version of', async () => {
    await storeDeadLetters(database, [
      letter('line', { step: 'ingest', original: 'a,"b' }),
      letter('json', { original: '{"name":1}' }),
      letter('foreign', { original: raw('another') }),
      letter('old'),
      letter('good'),
    ]);
    await database.query(
      `insert into source_record (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, product)
       values (1, 'shop', 'old', 0, 9, 0, 'items', 'm', '{}'), (2, 'shop', 'good', 0, 4, 0, 'items', 'm', '{}')`,
    );
    const { log, sent } = memoryLog();
    expect(await retryLetters(database, log, 'raw', {})).toEqual({ retried: 1, superseded: 1, notRecords: 3 });
    expect(sent).toHaveLength(1);
    expect(await statuses()).toEqual({ line: 'open', json: 'open', foreign: 'open', old: 'open', good: 'retried' });
  });

  it('marks nothing when the log refuses', async () => {
    await storeDeadLetters(database, [letter('a')]);
    const log = { append: () => Promise.reject(new Error('disk')) } as unknown as Log;
    await expect(retryLetters(database, log, 'raw', {})).rejects.toThrow('disk');
    expect(await statuses()).toEqual({ a: 'open' });
  });
});
