import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hash63 } from '../../src/hash.js';
import type { FileLog } from '../../src/platform/log/index.js';
import { keyText } from '../../src/records.js';
import { database, deps, expectBalanced, figures, log, pull, put, raw, rowsOf, scratch } from './pulling.js';
import { messagesOf } from './support.js';

describe('a pull', () => {
  it('sends records as they came, and the next time only what changed', async () => {
    put(['1,one,2024-05-01T10:00:00Z', '2,two,']);
    expect(figures(await pull())).toEqual({ new: 2 });
    const messages = await raw();
    expect(messages.find(({ key }) => key === keyText('shop', '1'))?.value).toBe(
      JSON.stringify({
        source: 'shop',
        id: '1',
        contract: 'products_v1',
        updatedAt: Date.UTC(2024, 4, 1, 10),
        data: { id: '1', title: 'one', at: '2024-05-01T10:00:00Z' },
      }),
    );
    put(['2,two,', '1,uno,2024-05-02T10:00:00Z', '3,three,']);
    expect(figures(await pull())).toEqual({ new: 1, changed: 1, unchanged: 1 });
    expect(await raw()).toHaveLength(4);
    expectBalanced();
  });

  it('says under which version of the contract it pulled, but for withdrawals', async () => {
    put(['1,one,', ',none,', ...rowsOf(9).slice(2)]);
    await pull({}, { contractVersion: 2 });
    put(rowsOf(9).slice(2));
    await pull();
    const known = { contract: 'products_v1', 'contract-version': '2' };
    const ofOne = (await raw()).filter(({ key }) => key === keyText('shop', '1'));
    expect(ofOne.map(({ value, headers }) => [value === null, headers])).toEqual([
      [false, known],
      [true, {}],
    ]);
    expect((await messagesOf(log, 'dead-letter')).map(({ headers }) => headers)).toEqual([known]);
  });

  it('puts records without a usable key into the dead letters, with what they were', async () => {
    put(['1,one,', ',none,', '" ",blank,', '"a\u0007b",control,', `${'9'.repeat(2000)},long,`, '2,two', '3,three,']);
    const result = await pull();
    expect(figures(result)).toEqual({ new: 2, RECORD_MALFORMED: 5 });
    const letters = (await messagesOf(log, 'dead-letter')).map(({ value }) => JSON.parse(value ?? ''));
    expect(letters).toHaveLength(5);
    for (const letter of letters)
      expect(letter).toMatchObject({ source: 'shop', step: 'ingest', code: 'RECORD_MALFORMED' });
    expect(letters.map(({ original }) => original).join()).toContain('none');
    expect(result.complete).toBe(true);
    expectBalanced();
  });

  it('joins the parts of a key', async () => {
    put(['1,one,', '2,,']);
    expect(figures(await pull({ key: ['id', 'title'] }))).toEqual({ new: 1, RECORD_MALFORMED: 1 });
    expect((await raw())[0]?.key).toBe(keyText('shop', '1:one'));
  });

  it('is not complete when the feed fails, and then keeps its state', async () => {
    const result = await pull({ connector: { type: 'csv', path: 'none.csv' } });
    expect([result.complete, result.refused, result.notices[0]?.code]).toEqual([
      false,
      { SOURCE_UNREACHABLE: 1 },
      'SOURCE_UNREACHABLE',
    ]);
    expect(await database.query('select * from source_state')).toEqual([]);
  });

  it('refuses options that make no sense', async () => {
    await expect(pull({ connector: { type: 'telepathy' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(pull({ connector: { type: 'csv' } })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('a key that comes twice', () => {
  const t = (day: number) => `2024-05-0${day}T00:00:00Z`;

  it.each([
    ['the newer later', [`1,old,${t(1)}`, `1,new,${t(2)}`], 'new'],
    ['the newer first', [`1,new,${t(2)}`, `1,old,${t(1)}`], 'new'],
    ['no time', ['1,old,', '1,new,'], 'new'],
    ['the same twice', ['1,new,', '1,new,'], 'new'],
  ])('ends in its greatest version (%s), and is not sent again', async (_, rows, title) => {
    put([...rows, '2,b,']);
    const first = await pull();
    const sent = (await raw()).filter(({ key }) => key === keyText('shop', '1'));
    expect(JSON.parse(sent.at(-1)?.value ?? '').data.title).toBe(title);
    expect(figures(await pull())).toEqual({ unchanged: 2, superseded: 1 });
    expect(first.received).toBe(3);
    expect(await raw()).toHaveLength(first.new + first.changed);
    expectBalanced();
  });

  it('falls back to the loser when the winner is no longer listed', async () => {
    put(['1,a,', '1,b,', '2,x,']);
    await pull();
    put(['1,a,', '2,x,']);
    expect(figures(await pull())).toEqual({ changed: 1, unchanged: 1 });
    expect(JSON.parse((await raw()).at(-1)?.value ?? '').data.title).toBe('a');
  });
});

describe('what is no longer listed', () => {
  it('is withdrawn, and sent again when it comes back', async () => {
    put(rowsOf(10));
    await pull();
    put(rowsOf(8));
    expect(figures(await pull())).toEqual({ unchanged: 8, withdrawn: 2 });
    const tombstones = (await raw()).filter(({ value }) => value === null);
    expect(tombstones.map(({ key }) => key).sort()).toEqual([keyText('shop', '8'), keyText('shop', '9')]);
    expect(figures(await pull())).toEqual({ unchanged: 8 });
    put(rowsOf(10));
    expect(figures(await pull())).toEqual({ unchanged: 8, new: 2 });
    expectBalanced();
  });

  it('is named by the store, and by the log only where the store does not know it', async () => {
    put(rowsOf(10));
    await pull();
    for (const id of ['8', '9'])
      await database.query(
        `insert into source_record (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, product)
         values ($1, 'shop', $2, 0, 0, 0, '', '', '{}')`,
        [hash63(keyText('shop', id)).toString(), id],
      );
    let scans = 0;
    const counting = new Proxy(log, {
      get: (target, name) => {
        if (name === 'consume') scans++;
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    put(rowsOf(8));
    expect(figures(await pull({}, { log: counting }))).toEqual({ unchanged: 8, withdrawn: 2 });
    expect(scans).toBe(1);
    put(rowsOf(7));
    expect(figures(await pull({}, { log: counting }))).toEqual({ unchanged: 7, withdrawn: 1 });
    expect(scans).toBe(3);
  });

  it('is kept when too much would go, and said so', async () => {
    put(rowsOf(10));
    await pull();
    put(rowsOf(6));
    const result = await pull();
    expect(figures(result)).toEqual({ unchanged: 6, held: 4 });
    expect(result.notices.map(({ code }) => code)).toEqual(['WITHDRAWAL_GUARD']);
    expect(deps.counters.get('ingest', 'shop', 'dropped:withdraw_guard')).toBe(4);
    expect((await raw()).every(({ value }) => value !== null)).toBe(true);
    expect(figures(await pull({ withdraw: { policy: 'withdraw', maxShare: 0.5 } }))).toEqual({
      unchanged: 6,
      withdrawn: 4,
    });
    expectBalanced();
  });

  it.each([
    ['delta', { feed: 'delta' as const }],
    ['keep', { withdraw: { policy: 'keep' as const, maxShare: 1 } }],
  ])('is kept by %s', async (_, given) => {
    put(rowsOf(10));
    await pull(given);
    put(rowsOf(9));
    expect(figures(await pull(given))).toEqual({ unchanged: 9 });
  });

  it('is kept when the feed could not be read to its end', async () => {
    put(rowsOf(10));
    await pull();
    put(rowsOf(9));
    const result = await pull({ connector: { type: 'csv', path: ['feed.csv', 'none.csv'] } });
    expect(figures(result)).toEqual({ unchanged: 9, SOURCE_UNREACHABLE: 1 });
  });
});

describe('after a crash', () => {
  /** A log that dies in its nth append, before or after the messages are durable. */
  const dying = (appends: number, after: boolean): FileLog =>
    new Proxy(log, {
      get: (target, name) => {
        if (name === 'append')
          return async (topic: string, messages: Parameters<FileLog['append']>[1]) => {
            if (--appends < 0) throw new Error('killed');
            if (appends > 0 || after) await target.append(topic, messages);
            if (appends === 0) throw new Error('killed');
          };
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });

  it('nothing is lost and nothing is sent twice, wherever it was', async () => {
    put(rowsOf(60));
    await pull();
    // 20 changed, 10 new, 10 gone, one key twice.
    put([...rowsOf(50, (i) => (i < 20 ? `changed ${i}` : `t${i}`)), ...rowsOf(70).slice(60), '20,twice,']);
    for (let n = 1; n < 20; n++)
      for (const after of [false, true]) {
        const dead = await pull({}, { log: dying(n % 6, after) }).then(
          () => false,
          () => true,
        );
        if (!dead) break;
      }
    await pull();
    const messages = await raw();
    expect(new Set(messages.map(({ key, value }) => `${key} ${value}`)).size).toBe(messages.length);
    const last = new Map(messages.map(({ key, value }) => [key, value]));
    expect([...last.values()].filter((value) => value === null)).toHaveLength(10);
    expect(last.size).toBe(70);
    expect(figures(await pull())).toEqual({ unchanged: 60, superseded: 1 });
  });

  it('of the very first pull too', async () => {
    put(rowsOf(30));
    await expect(pull({}, { log: dying(3, true) })).rejects.toThrow('killed');
    const result = await pull();
    expect(result.new + result.unchanged).toBe(30);
    expect(result.unchanged).toBeGreaterThan(0);
    expect(await raw()).toHaveLength(30);
  });

  it.each([
    ['lost', (path: string) => rmSync(path)],
    ['cut', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 100))],
    [
      'damaged',
      (path: string) => {
        const bytes = readFileSync(path);
        bytes[60]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
  ])('fingerprints that are %s are made again from the log', async (_, harm) => {
    put(rowsOf(10));
    await pull();
    harm(join(scratch.folder, 'fingerprints', 'shop.bin'));
    put(rowsOf(9));
    const result = await pull();
    expect(result.notices.map(({ code }) => code)).toEqual(['FINGERPRINTS_LOST']);
    expect(figures(result)).toEqual({ unchanged: 9, withdrawn: 1 });
    expect((await pull()).notices).toEqual([]);
  });
});
