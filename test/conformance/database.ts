import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/platform/database/index.js';

export interface OpenedDatabase {
  database: Database;
  destroy(): Promise<void>;
}

/** What the database's contract promises, for any adapter. */
export function describeDatabase(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`database contract: ${name}`, () => {
    let opened: OpenedDatabase;
    let db: Database;
    beforeAll(async () => {
      opened = await open();
      db = opened.database;
    });
    afterAll(() => opened.destroy());
    beforeEach(async () => {
      await db.query('drop table if exists thing');
      await db.query('create table thing (id bigint primary key, name text collate "C", data jsonb, tags text[])');
    });
    const count = async (): Promise<unknown> => (await db.query('select count(*) as n from thing'))[0]?.n;

    it('reads every type as the contract says', async () => {
      const [row] = await db.query(
        `select 9007199254740991::int8 as safe, 9223372036854775807::int8 as wide, 1.50::numeric as money, 0.1::float4 as f4,
                -2.5e-3::float8 as f8, true as yes, '{"a": [1, null]}'::jsonb as doc, '[]'::json as list, null::text as nothing,
                '2026-01-31 12:00:00.25+02'::timestamptz as at, '\\x00ff'::bytea as bytes, 'é😀' as text,
                array[1, null, 9223372036854775807]::int8[] as wides, array['a,b', null, 'NULL', 'q"\\', '', '{}'] as texts,
                array[[1, 2], [3, 4]] as grid, array['{"k": 1}', 'null']::jsonb[] as docs, '{}'::text[] as none, array[true, false] as flags`,
      );
      expect(row).toEqual({
        safe: 9007199254740991,
        wide: 9223372036854775807n,
        money: '1.50',
        f4: 0.1,
        f8: -0.0025,
        yes: true,
        doc: { a: [1, null] },
        list: [],
        nothing: null,
        at: new Date('2026-01-31T10:00:00.250Z'),
        bytes: new Uint8Array([0, 255]),
        text: 'é😀',
        wides: [1, null, 9223372036854775807n],
        texts: ['a,b', null, 'NULL', 'q"\\', '', '{}'],
        grid: [
          [1, 2],
          [3, 4],
        ],
        docs: [{ k: 1 }, null],
        none: [],
        flags: [true, false],
      });
    });

    it('binds every kind of value, and arrays as one parameter', async () => {
      const at = new Date('2026-01-31T10:00:00.250Z');
      const [row] = await db.query(
        `select $1::int8 as wide, $2::jsonb as doc, $3::timestamptz as at, $4::bytea as bytes, $5::text[] as texts, $6::int8[] as wides,
                $7::text as nothing, $8::bool as yes, $9::float8 as number, $10::jsonb[] as docs, $11::float4[] as vector`,
        [
          9223372036854775807n,
          { a: "it's" },
          at,
          new Uint8Array([0, 1, 255]),
          ['a,b', null, 'NULL', 'q"\\', '', '{}'],
          [1n, -2n],
          undefined,
          true,
          1e300,
          [{ k: '"' }, { k: 2 }],
          new Float32Array([0.5, 2]),
        ],
      );
      expect(row).toEqual({
        wide: 9223372036854775807n,
        doc: { a: "it's" },
        at,
        bytes: new Uint8Array([0, 1, 255]),
        texts: ['a,b', null, 'NULL', 'q"\\', '', '{}'],
        wides: [1, -2],
        nothing: null,
        yes: true,
        number: 1e300,
        docs: [{ k: '"' }, { k: 2 }],
        vector: [0.5, 2],
      });
      const ids = Array.from({ length: 100_000 }, (_, i) => i);
      expect(await db.query('select count(*) as n, sum(x) as total from unnest($1::int8[]) x', [ids])).toEqual([
        { n: 100_000, total: '4999950000' },
      ]);
    });

    it('refuses a statement with its SQL state, and works on', async () => {
      await db.query('insert into thing (id) values (1)');
      await expect(db.query('insert into thing (id) values ($1)', [1])).rejects.toMatchObject({
        code: 'DATABASE',
        details: { sqlstate: '23505', table: 'thing' },
      });
      await expect(db.query('select from nowhere')).rejects.toMatchObject({ details: { sqlstate: '42P01' } });
      await expect(db.query('select $1::text', ['nul \u0000'])).rejects.toMatchObject({
        details: { sqlstate: '22021' },
      });
      expect(await count()).toBe(1);
    });

    it('commits what returned and rolls back what threw', async () => {
      expect(
        await db.transaction(async (sql) => {
          await sql.query('insert into thing (id) values (1)');
          return 'done';
        }),
      ).toBe('done');
      const failed = db.transaction(async (sql) => {
        await sql.query('insert into thing (id) values (2)');
        throw new Error('changed my mind');
      });
      await expect(failed).rejects.toThrow('changed my mind');
      expect(await db.query('select id from thing')).toEqual([{ id: 1 }]);
    });

    it('does not take a swallowed error for success', async () => {
      const swallowed = db.transaction(async (sql) => {
        await sql.query('insert into thing (id) values (1)');
        await sql.query('select 1 / 0').catch(() => {});
      });
      await expect(swallowed).rejects.toMatchObject({ code: 'DATABASE' });
      expect(await count()).toBe(0);
    });

    it('starts over after a serialization failure', async () => {
      let attempts = 0;
      await db.transaction(async (sql) => {
        attempts++;
        await sql.query('insert into thing (id) values ($1)', [attempts]);
        if (attempts < 3) await sql.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
      });
      expect(await db.query('select id from thing')).toEqual([{ id: 3 }]);
    });

    it('keeps concurrent transactions apart, and a statement outside waits or sees only what is committed', async () => {
      await db.query('insert into thing (id, data) values (1, $1)', [{ n: 0 }]);
      const add = (): Promise<void> =>
        db.transaction(async (sql) => {
          const [row] = await sql.query<{ data: { n: number } }>('select data from thing where id = 1 for update');
          await new Promise((resolve) => setImmediate(resolve));
          await sql.query('update thing set data = $1 where id = 1', [{ n: (row?.data.n ?? 0) + 1 }]);
        });
      const outside = Promise.all(Array.from({ length: 5 }, () => db.query('select data from thing')));
      await Promise.all(Array.from({ length: 20 }, add));
      expect(await outside).toHaveLength(5);
      expect(await db.query('select data from thing')).toEqual([{ data: { n: 20 } }]);
    });

    it('refuses the outer database inside its own transaction instead of waiting for itself', async () => {
      for (const nested of [
        () => db.query('select 1'),
        () => db.transaction(async () => {}),
        () => db.copyIn('thing', ['id'], [[9]]),
        async () => {
          for await (const _ of db.batches('select 1', [], 10));
        },
      ])
        await expect(db.transaction(async () => void (await nested()))).rejects.toThrow(/inside its own transaction/);
      expect(await count()).toBe(0);
    });

    it('copies rows with every awkward value', async () => {
      const awkward = [
        'tab\there',
        'line\nbreak\r',
        'back\\slash',
        '\\N',
        '\\.',
        '',
        'NULL',
        'é😀',
        null,
        undefined,
        '"q", {x}',
      ];
      const rows = awkward.map((name, i) => [i, name, { name: name ?? null }, ['a', null, name ?? '']]);
      expect(await db.copyIn('thing', ['id', 'name', 'data', 'tags'], rows)).toBe(awkward.length);
      const back = await db.query('select name, data, tags from thing order by id');
      expect(back).toEqual(
        awkward.map((name) => ({ name: name ?? null, data: { name: name ?? null }, tags: ['a', null, name ?? ''] })),
      );
      expect(await db.copyIn('thing', ['id'], [])).toBe(0);
    });

    it('copies all or nothing, however large the input', async () => {
      const text = 'x'.repeat(1000);
      function* rows(n: number): Generator<unknown[]> {
        for (let i = 0; i < n; i++) yield [i, text];
        yield [0, 'twice'];
      }
      await expect(db.copyIn('thing', ['id', 'name'], rows(12_000))).rejects.toMatchObject({
        details: { sqlstate: '23505' },
      });
      expect(await count()).toBe(0);
      await expect(db.copyIn('thing', ['id', 'name'], [[1]])).rejects.toMatchObject({ code: 'DATABASE' });
      await db.transaction(async (sql) => {
        await sql.query('insert into thing (id) values (-1)');
        expect(
          await sql.copyIn(
            'thing',
            ['id', 'name'],
            [
              [1, 'a'],
              [2, 'b'],
            ],
          ),
        ).toBe(2);
        expect(await sql.query('select count(*) as n from thing')).toEqual([{ n: 3 }]);
      });
    });

    it('reads in portions inside one snapshot, while the reader writes', async () => {
      await db.query('insert into thing (id) select generate_series(1, 25)');
      const sizes: number[] = [];
      const ids: number[] = [];
      for await (const rows of db.batches<{ id: number }>('select id from thing where id > $1 order by id', [5], 7)) {
        sizes.push(rows.length);
        for (const { id } of rows) ids.push(id);
        await db.query('delete from thing where id = any($1::int8[])', [rows.map(({ id }) => id + 7)]);
      }
      expect(sizes).toEqual([7, 7, 6]);
      expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => i + 6));
      for await (const rows of db.batches('select id from thing', [], 2)) {
        expect(rows).toHaveLength(2);
        break;
      }
      await expect(db.batches('select from nowhere', [], 2)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: 'DATABASE',
      });
    });

    it('does work of a name once at a time, with the database at hand', async () => {
      let release: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let entered: () => void = () => {};
      const inside = new Promise<void>((resolve) => {
        entered = resolve;
      });
      const first = db.exclusive('import', async (signal) => {
        entered();
        await held;
        await db.query('insert into thing (id) values (1)');
        return signal.aborted;
      });
      await inside;
      expect(await db.exclusive('import', async () => 'second')).toBeUndefined();
      expect(await db.exclusive('export', async () => 'other')).toBe('other');
      release();
      expect(await first).toBe(false);
      expect(await count()).toBe(1);
      expect(await db.exclusive('import', async () => 'again')).toBe('again');
      const failed = db.exclusive('import', async () => {
        throw new Error('gave up');
      });
      await expect(failed).rejects.toThrow('gave up');
      expect(await db.exclusive('import', async () => 'after')).toBe('after');
    });

    it('has vectors, trigrams and the code point order', async () => {
      await db.query('create extension if not exists vector');
      await db.query('create extension if not exists pg_trgm');
      expect(
        await db.query("select ('[1,2]'::vector <-> '[1,5]'::vector)::float8 as d, similarity('abc', 'abd') > 0 as s"),
      ).toEqual([{ d: 3, s: true }]);
      await db.copyIn(
        'thing',
        ['id', 'name'],
        ['b', 'A', 'é', 'a', '😀', '\uffee'].map((name, i) => [i, name]),
      );
      expect((await db.query('select name from thing order by name')).map((r) => r.name)).toEqual([
        'A',
        'a',
        'b',
        'é',
        '\uffee',
        '😀',
      ]);
    });
  });
}
