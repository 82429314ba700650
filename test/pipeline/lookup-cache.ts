import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GoldenEvent, GoldenValues } from '../../src/golden.js';
import type { PipelineContext } from '../../src/pipeline/context.js';
import { followGolden } from '../../src/pipeline/index-step.js';
import type { Cache } from '../../src/platform/cache/port.js';
import { type FileLog, openFileLog } from '../../src/platform/log/index.js';
import { compareText, type RecordKey } from '../../src/records.js';
import { openApp, type TestApp } from '../serve/open.js';
import { type Road, roadTo } from '../serve/road.js';
import { seeded } from '../support/seeded.js';

const GTINS = ['04548736112001', '00000040123455', '05901234123457'];
const RECORDS = ['r1', 'r2', 'r3', 'r4'].map((sourceId): RecordKey => ({ source: 'alpha', sourceId }));
const CODES = ['WH-1000', 'cc 250', 'S10+'];
const IDS = ['g1', 'g2', 'g3'];

interface Golden {
  id: string;
  version: number;
  values: GoldenValues;
  members: RecordKey[];
}

/** That an answer of the cache is right as far as golden events were applied, with any cache. */
export function describeLookupCache(name: string, openCache: () => Promise<Cache>, steps = 150): void {
  describe(`lookups and golden events: ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-lookups-'));
    let store: TestApp;
    let road: Road;
    let log: FileLog;
    const place = new Map<number, number>();
    beforeAll(async () => {
      store = await openApp({ cache: await openCache() }, (database) => {
        road = roadTo(database);
        return road.database;
      });
      log = await openFileLog(folder, { segmentBytes: 1 << 20, fsync: 'off' });
      await log.createTopics([{ name: 'golden', partitions: 1, compact: true }]);
    });
    afterAll(async () => {
      await log?.close();
      await store?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const find = async (query: string): Promise<string[]> =>
      (await store.app.inject({ url: `/v1/products?${query}` }))
        .json()
        .items.map(({ goldenId }: { goldenId: string }) => goldenId);

    /** Makes golden records what they are from now on, in one transaction. */
    const write = (goldens: readonly Golden[], gone: readonly string[]) =>
      store.database.transaction(async (sql) => {
        await sql.query('delete from golden_record where golden_id = any($1::text[])', [gone]);
        await sql.query('delete from source_record where golden_id = any($1::text[])', [
          [...gone, ...goldens.map(({ id }) => id)],
        ]);
        for (const { id, version, values, members } of goldens) {
          await sql.query(
            `insert into golden_record (golden_id, version, "values", lineage, members, sources, member_count, quality, born)
             values ($1, $2, $3::jsonb, '{}', $4::jsonb, '{alpha}', $5, 1, 1)
             on conflict (golden_id) do update set version = excluded.version, "values" = excluded."values", members = excluded.members`,
            [id, version, JSON.stringify(values), JSON.stringify(members), members.length],
          );
          for (const { source, sourceId } of members)
            await sql.query(
              `insert into source_record (rid, source, source_id, version_ts, version_offset, content_hash, contract, mapping, product, golden_id)
               values (nextval('outbox_seq_seq'), $1, $2, 0, 0, 0, 'c', 'm', $3::jsonb, $4)`,
              [source, sourceId, JSON.stringify(values), id],
            );
        }
      });

    /** Applies the events, as a process that follows golden events does, and returns when it has. */
    async function apply(events: readonly { key: string; value: string | null; headers?: Record<string, string> }[]) {
      await log.append(
        'golden',
        events.map((event) => ({ ...event })),
      );
      const [position] = await log.positions('golden');
      const stop = new AbortController();
      const context = { platform: { log, database: store.database, cache: store.cache }, signal: stop.signal };
      const following = followGolden(context as unknown as PipelineContext, place);
      while (place.get(0) !== position!.end) await new Promise((resolve) => setTimeout(resolve, 1));
      stop.abort();
      await following;
    }

    const eventOf = ({ id, version, values, members }: Golden) => ({
      key: id,
      value: JSON.stringify({
        ...{ goldenId: id, version, change: 'changed', values, members, sources: ['alpha'] },
        validFrom: '2024-01-01T00:00:00.000Z',
      } satisfies GoldenEvent),
    });
    const valuesOf = (gtins: string[], mpn?: string): GoldenValues => ({
      title: 't',
      brand: 'Sonaro',
      gtins,
      images: [],
      variants: {},
      attributes: {},
      ...(mpn === undefined ? {} : { mpn }),
    });
    const [gtin, record] = [`gtin=${GTINS[0]}`, 'source=alpha&id=r1'];

    it.each([
      ['the old', 'a', 0],
      ['the new', 'b', 1],
    ] as const)(
      'follow a record that moves, when the event of %s golden record comes first',
      async (_, prefix, first) => {
        const [from, to] = [`${prefix}1`, `${prefix}2`];
        const one: Golden = { id: from, version: 1, values: valuesOf([GTINS[0]!]), members: [RECORDS[0]!] };
        const two: Golden = { id: to, version: 1, values: valuesOf([]), members: [RECORDS[1]!] };
        await write([one, two], []);
        expect([await find(gtin), await find(record)]).toEqual([[from], [from]]);
        const less = { ...one, version: 2, members: [] };
        const more = { ...two, version: 2, values: valuesOf([GTINS[0]!]), members: RECORDS.slice(0, 2) };
        await write([less, more], []);
        expect(await find(record)).toEqual([from]);
        const events = [eventOf(less), eventOf(more)];
        await apply([events[first]!]);
        expect([await find(record), await find(gtin)]).toEqual([[to], [from, to]]);
        await apply([events[1 - first]!]);
        expect([await find(record), await find(gtin)]).toEqual([[to], [from, to]]);
        await write([], [from, to]);
        await apply([from, to].map((key) => ({ key, value: null, headers: { version: '2' } })));
        expect([await find(record), await find(gtin)]).toEqual([[], []]);
      },
    );

    it('are right for every golden record whose newest event was applied, also beside slow loads', async () => {
      const random = seeded(7);
      const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
      const some = <T>(items: readonly T[], share: number): T[] => items.filter(() => random() < share);
      const now = new Map<string, Golden>();
      const versions = new Map<string, number>();
      const pending = new Map<
        string,
        ReturnType<typeof eventOf> | { key: string; value: null; headers: Record<string, string> }
      >();
      const queries = [
        ...GTINS.map((code) => ({ query: `gtin=${code}`, holds: (g: Golden) => g.values.gtins.includes(code) })),
        ...RECORDS.map((key) => ({
          query: `source=alpha&id=${key.sourceId}`,
          holds: (g: Golden) => g.members.includes(key),
        })),
        ...CODES.map((code) => ({
          query: `brand=SONARO&mpn=${encodeURIComponent(code.toLowerCase())}`,
          holds: (g: Golden) => g.values.mpn === code,
        })),
      ];
      let checked = 0;
      for (let step = 0; step < steps; step++) {
        for (const { query } of some(queries, 0.3)) await find(query);
        const slow = random() < 0.5 ? pick(queries) : undefined;
        let load: Promise<unknown> = Promise.resolve();
        if (slow !== undefined) {
          road.hold();
          load = find(slow.query);
          await Promise.race([road.held(), load]);
        }
        // Every record is in one golden record at most.
        const free = [...RECORDS];
        const ids = some(IDS, 0.6);
        for (const { id, members } of now.values())
          if (!ids.includes(id)) for (const key of members) free.splice(free.indexOf(key), 1);
        const gone: string[] = [];
        const changed: Golden[] = [];
        for (const id of ids) {
          const version = (versions.get(id) ?? 0) + 1;
          if (now.has(id) && random() < 0.3) {
            gone.push(id);
            now.delete(id);
            pending.set(id, { key: id, value: null, headers: { version: String(versions.get(id)) } });
            continue;
          }
          const members = some(free, 0.5);
          for (const key of members) free.splice(free.indexOf(key), 1);
          const golden = {
            id,
            version,
            values: valuesOf(some(GTINS, 0.4), random() < 0.7 ? pick(CODES) : undefined),
            members,
          };
          versions.set(id, version);
          now.set(id, golden);
          changed.push(golden);
          pending.set(id, eventOf(golden));
        }
        await write(changed, gone);
        const told = some([...pending.keys()], 0.6);
        if (told.length > 0) await apply(told.map((id) => pending.get(id)!));
        for (const id of told) pending.delete(id);
        road.release();
        await load;
        for (const { query, holds } of queries) {
          const expected = [...now.values()]
            .filter(holds)
            .map(({ id }) => id)
            .filter((id) => !pending.has(id))
            .sort(compareText);
          const settled = (await find(query)).filter((id) => !pending.has(id));
          expect({ step, query, settled }).toEqual({ step, query, settled: expected });
          checked++;
        }
      }
      expect(checked).toBe(steps * queries.length);
      const { memory, redis } = store.cache.stats();
      expect(memory + redis, 'the cache did answer').toBeGreaterThan(steps);
    });
  });
}
