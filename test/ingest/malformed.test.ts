import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PullResult, pullSource } from '../../src/ingest/index.js';
import { Counters } from '../../src/observe/counters.js';
import type { Database } from '../../src/platform/database/port.js';
import type { FileLog } from '../../src/platform/log/index.js';
import { parseKeyText } from '../../src/records.js';
import { seeded } from '../support/seeded.js';
import { openStore } from '../support/store.js';
import { type FeedHarm, type Format, feedHarms, formats, type GoodRecord, goodRecords, LIMIT } from './spoilt.js';
import { type Message, openTestLog, scratchFolder } from './support.js';

const SEEDS = [1, 2, 3, 4];
const RECORDS = 60;

const scratch = scratchFolder();
let database: Database;
let log: FileLog;
let feeds = 0;
beforeAll(async () => {
  database = await openStore();
  log = await openTestLog(scratch.folder);
});
afterAll(async () => {
  await log.close();
  await database.close();
  scratch.remove();
  expect(feeds).toBeGreaterThanOrEqual(200);
});

interface Outcome {
  result: PullResult;
  raw: Message[];
  letters: { code: string; reason: string; original: string; source: string }[];
}

/** Pulls a feed that is given as bytes, and gives back what it appended. */
async function pull(connector: Record<string, unknown>, bytes: Buffer): Promise<Outcome> {
  const name = `feed${++feeds}`;
  writeFileSync(join(scratch.folder, name), bytes);
  const appended: Record<string, Message[]> = { raw: [], 'dead-letter': [] };
  const watched = new Proxy(log, {
    get: (target, property) => {
      if (property === 'append')
        return async (topic: string, messages: Message[]) => {
          appended[topic]!.push(...messages);
          await target.append(topic, messages);
        };
      const value = Reflect.get(target, property, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const counters = new Counters();
  const result = await pullSource(
    {
      name,
      connector: { ...connector, type: String(connector.type), path: name },
      contract: 'any',
      feed: 'full',
      withdraw: { policy: 'withdraw', maxShare: 0.3 },
      key: 'id',
    },
    {
      log: watched,
      database,
      counters,
      dataDir: scratch.folder,
      roots: [scratch.folder],
      signal: new AbortController().signal,
      env: {},
      maxRecordBytes: LIMIT,
    },
  );
  let balance = 0;
  for (const { outcome, count } of counters.entries()) balance += outcome === 'received' ? count : -count;
  expect(balance).toBe(0);
  return {
    result,
    raw: appended.raw ?? [],
    letters: (appended['dead-letter'] ?? []).map(({ value }) => JSON.parse(value ?? '')),
  };
}

/** Every record of `must` came through as it was; nothing came that was not there. */
function expectKept(outcome: Outcome, all: readonly GoodRecord[], must: readonly GoodRecord[]): void {
  const came = new Map(outcome.raw.map(({ key, value }) => [parseKeyText(key).sourceId, JSON.parse(value ?? '').data]));
  for (const record of must) expect(came.get(record.id), record.id).toMatchObject(record);
  const known = new Set(all.map(({ id }) => id));
  expect([...came.keys()].filter((id) => !known.has(id))).toEqual([]);
  for (const letter of outcome.letters) expect(letter.reason).not.toBe('');
}

function spoil(format: Format, harm: string, seed: number): { bytes: Buffer; all: GoodRecord[]; hit: GoodRecord[] } {
  const random = seeded(seed * 1000 + 7);
  const all = goodRecords(seed, RECORDS);
  const hit = new Set<GoodRecord>();
  while (hit.size < 3) hit.add(all[Math.floor(random() * RECORDS)]!);
  // Bytes that are no UTF-8 have no place in a string: they stand as a mark until the feed is put together.
  const damaged: Buffer[] = [];
  const texts = all.map((record) => {
    const text = format.write(record);
    if (!hit.has(record)) return text;
    const spoilt = format.harms[harm]!(text, record, random);
    if (typeof spoilt === 'string') return spoilt;
    damaged.push(spoilt);
    return `<<damaged ${damaged.length - 1}>>`;
  });
  const parts = format.wrap(texts).split(/(<<damaged \d+>>)/);
  const bytes = Buffer.concat(
    parts.map((part) => {
      const at = /^<<damaged (\d+)>>$/.exec(part)?.[1];
      return at === undefined ? Buffer.from(part) : damaged[Number(at)]!;
    }),
  );
  return { bytes, all, hit: [...hit] };
}

for (const format of formats)
  describe(`${format.name}: one record's harm is not its neighbours'`, () => {
    it.each(Object.keys(format.harms))('%s', async (harm) => {
      for (const seed of SEEDS) {
        const { bytes, all, hit } = spoil(format, harm, seed);
        const outcome = await pull(format.connector, bytes);
        expectKept(
          outcome,
          all,
          all.filter((record) => !hit.includes(record)),
        );
        const came = new Set(outcome.raw.map(({ key }) => parseKeyText(key).sourceId));
        for (const { id } of hit)
          expect(came.has(id) || outcome.letters.some(({ original }) => original.includes(id)), `${harm} ${id}`).toBe(
            true,
          );
      }
    });
  });

for (const format of formats)
  describe(`${format.name}: a feed that is`, () => {
    it.each(feedHarms.map((harm): [string, FeedHarm] => [harm.name, harm]))('%s', async (_, harm) => {
      for (const seed of SEEDS.slice(0, 2)) {
        const all = goodRecords(seed, RECORDS);
        const bytes = harm.apply(format.wrap(all.map((record) => format.write(record))), seeded(seed));
        const outcome = await pull(format.connector, bytes);
        // JSON Lines without a line are zero records, and nothing is wrong with them.
        if (format.name === 'jsonl' && harm.name === 'nothing') {
          expect([outcome.result.received, outcome.result.complete]).toEqual([0, true]);
          continue;
        }
        const came = outcome.raw.length;
        expectKept(outcome, all, harm.mayLose === 'all' ? [] : all.slice(0, harm.complete ? RECORDS : came));
        if (harm.complete) expect(outcome.result.complete).toBe(true);
        else expect(outcome.letters.length).toBeGreaterThan(0);
        if (!harm.complete && harm.name !== 'random bytes') expect(outcome.result.complete).toBe(false);
      }
    });
  });

describe('columns that changed', () => {
  it('leave records without a key in the dead letters, whole', async () => {
    for (const seed of SEEDS) {
      const all = goodRecords(seed, RECORDS);
      const [csv] = formats;
      const text = csv!.wrap(all.map((record) => csv!.write(record))).replace('id,title', 'article,title');
      const { raw, letters } = await pull(csv!.connector, Buffer.from(text));
      expect(raw).toEqual([]);
      expect(letters).toHaveLength(RECORDS);
      for (const { id } of all) expect(letters.some(({ original }) => original.includes(id))).toBe(true);
    }
  });
});
