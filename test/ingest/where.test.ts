import { describe, expect, it } from 'vitest';
import { compileWhere, type IngestSource } from '../../src/ingest/index.js';
import { deps, log, pull as pullShop, put as putRows, raw } from './pulling.js';
import { messagesOf } from './support.js';

describe('compileWhere', () => {
  it.each([
    ['a text', { chain: '07' }, { chain: '07' }, true],
    ['blanks around it', { chain: 'a' }, { chain: ' a ' }, true],
    ['another text', { chain: '07' }, { chain: '7' }, false],
    ['a number written as text', { chain: 7 }, { chain: '7' }, true],
    ['true', { open: true }, { open: 'true' }, true],
    ['one of several', { chain: ['a', 'b'] }, { chain: 'b' }, true],
    ['none of several', { chain: ['a', 'b'] }, { chain: 'c' }, false],
    ['every path', { chain: 'a', 'shop.no': 1 }, { chain: 'a', shop: { no: 1 } }, true],
    ['not every path', { chain: 'a', 'shop.no': 1 }, { chain: 'a', shop: { no: 2 } }, false],
    ['a missing value', { chain: 'a' }, {}, false],
    ['a missing value that is asked for', { removed: '' }, {}, true],
    ['a list', { chain: 'a' }, { chain: ['a'] }, false],
  ])('%s', (_, where, data, belongs) => {
    expect(compileWhere(where)(data)).toBe(belongs);
  });

  it('absent, everything belongs', () => {
    expect(compileWhere(undefined)({ any: 1 })).toBe(true);
  });
});

describe('a source of a feed that several share', () => {
  const pull = (given: Partial<IngestSource> = {}) =>
    pullShop({ name: 'north', contract: 'prices', where: { chain: 'north' }, ...given });
  const put = (...rows: string[]) => putRows(rows, 'chain,id,title');
  const rows = (chain: string, n: number, title = 't') => Array.from({ length: n }, (_, i) => `${chain},${i},${title}`);

  it('takes its own rows; the others are counted and neither refused nor withdrawn', async () => {
    put(...rows('north', 10), ...rows('south', 5), 'south,,no id');
    const first = await pull();
    expect(first).toMatchObject({ received: 16, new: 10, notOfSource: 6, refused: {}, notices: [] });
    expect(deps.counters.get('ingest', 'north', 'dropped:not_of_source')).toBe(6);
    expect(await messagesOf(log, 'dead-letter')).toEqual([]);
    put(...rows('south', 5), ...rows('north', 9));
    expect(await pull()).toMatchObject({ unchanged: 9, withdrawn: 1, notOfSource: 5 });
    expect(await raw()).toHaveLength(11);
  });

  it('keeps its records when the feed has none of it, whatever share may be withdrawn', async () => {
    const withdraw = { policy: 'withdraw' as const, maxShare: 1 };
    put(...rows('north', 10), 'north,9,later', ...rows('south', 5));
    await pull({ withdraw });
    for (const feed of [rows('south', 5), []]) {
      put(...feed);
      const result = await pull({ withdraw });
      expect(result).toMatchObject({ withdrawn: 0, held: 10, notOfSource: feed.length, complete: true });
      expect(result.notices).toEqual([
        { code: 'NOTHING_OF_SOURCE', message: expect.stringContaining('where chain is north') as string },
      ]);
      expect(result.received).toBe(result.held + result.notOfSource);
    }
    expect((await raw()).every(({ value }) => value !== null)).toBe(true);
    // It comes back as if the days between had not been, repeats included.
    put(...rows('north', 10), 'north,9,later');
    expect(await pull({ withdraw })).toMatchObject({ unchanged: 10, superseded: 1, new: 0, changed: 0 });
  });

  it('leaves columns out that say nothing, and reads its key from them all the same', async () => {
    const given = { where: { chain: ['north'] }, ignore: ['chain', 'id'] };
    put('north,1,one', 'south,2,two');
    expect(await pull(given)).toMatchObject({ new: 1, notOfSource: 1 });
    expect(JSON.parse((await raw())[0]?.value ?? '')).toMatchObject({ id: '1', data: { title: 'one' } });
    put('north ,1,one');
    expect(await pull(given)).toMatchObject({ unchanged: 1, new: 0, changed: 0 });
    expect(await pull({ ...given, ignore: ['id'] })).toMatchObject({ changed: 1 });
  });

  it('is guarded by the share of its own records, not of the feed', async () => {
    put(...rows('north', 10), ...rows('south', 90));
    await pull();
    put(...rows('north', 6), ...rows('south', 90));
    const result = await pull();
    expect(result).toMatchObject({ unchanged: 6, withdrawn: 0, held: 4 });
    expect(result.notices.map(({ code }) => code)).toEqual(['WITHDRAWAL_GUARD']);
  });

  it('says nothing about a feed that could not be read', async () => {
    put(...rows('north', 3));
    await pull();
    const result = await pull({ connector: { type: 'csv', path: 'none.csv' } });
    expect(result.notices.map(({ code }) => code)).toEqual(['SOURCE_UNREACHABLE']);
    expect(result.held).toBe(0);
  });
});
