import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FileLog, openFileLog, type StoredMessage } from '../../../src/platform/log/index.js';
import { built, Child } from '../child.js';
import { folder } from '../folder.js';

const DAY = 86_400_000;

async function all(log: FileLog): Promise<StoredMessage[]> {
  const found: StoredMessage[] = [];
  await log.consume({ topic: 't', maxMessages: 3, untilEnd: true, from: async () => 0 }, async (batch) => {
    found.push(...batch.messages);
  });
  return found;
}
const shown = (messages: readonly StoredMessage[]): string[] => messages.map((m) => `${m.offset} ${m.key}=${m.value}`);

it('keeps the newest per key, tombstones and young messages, with their offsets', async () => {
  let now = DAY;
  const log = await openFileLog(folder(), { segmentBytes: 200, fsync: 'off', clock: () => now });
  await log.createTopics([{ name: 't', partitions: 1, compact: true, compactionLagMs: 1000 }]);
  for (const [key, value] of [
    ['a', '1'],
    ['b', '1'],
    ['a', '2'],
    ['c', '1'],
    ['b', null],
  ] as const)
    await log.append('t', [{ key, value }]);
  now += 2000;
  for (const value of ['3', '4']) await log.append('t', [{ key: 'a', value }]);
  const result = await log.compact('t');
  expect(shown(await all(log))).toEqual(['3 c=1', '4 b=null', '5 a=3', '6 a=4']);
  expect(result).toMatchObject({ kept: 4, dropped: 3 });
  expect(result.bytesAfter).toBeLessThan(result.bytesBefore);
  now += 2000;
  await log.compact('t');
  expect(shown(await all(log))).toEqual(['3 c=1', '4 b=null', '6 a=4']);
  await log.append('t', [{ key: 'a', value: '5' }]);
  expect(shown(await all(log)).at(-1)).toBe('7 a=5');
  await log.close();
});

it('joins small segments, and keeps full ones that lose nothing as they are', async () => {
  const root = folder();
  const log = await openFileLog(root, { segmentBytes: 2000, fsync: 'off' });
  await log.createTopics([{ name: 't', partitions: 1, compact: true }]);
  for (let round = 0; round < 12; round++) {
    await log.append('t', [{ key: `k${round}`, value: 'x' }]);
    await log.compact('t');
  }
  expect(readdirSync(join(root, 't', '0'))).toHaveLength(2);
  expect(await all(log)).toHaveLength(12);
  await log.close();
});

it('does not disturb a reader in the middle of a topic', async () => {
  const log = await openFileLog(folder(), { segmentBytes: 300, fsync: 'off' });
  await log.createTopics([{ name: 't', partitions: 1, compact: true }]);
  for (let i = 0; i < 60; i++) await log.append('t', [{ key: `k${i % 20}`, value: String(i) }]);
  const seen: number[] = [];
  await log.consume({ topic: 't', maxMessages: 3, untilEnd: true, from: async () => 0 }, async (batch) => {
    for (const { offset } of batch.messages) seen.push(offset);
    if (seen.length % 9 === 0) await log.compact('t');
  });
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(seen.filter((offset) => offset >= 40)).toHaveLength(20);
  await log.close();
});

it('deletes messages past retention, and only whole segments of them', async () => {
  let now = 0;
  const log = await openFileLog(folder(), { segmentBytes: 1, fsync: 'off', clock: () => now });
  await log.createTopics([{ name: 't', partitions: 1, compact: false, retentionMs: 2 * DAY }]);
  for (let day = 0; day < 5; day++) {
    now = day * DAY;
    await log.append('t', [{ key: 'k', value: String(day) }]);
  }
  expect(await log.compact('t')).toMatchObject({ kept: 3, dropped: 2 });
  expect((await all(log)).map((m) => m.value)).toEqual(['2', '3', '4']);
  await log.close();
});

it('erases every message of a key from the files', async () => {
  const root = folder();
  const log = await openFileLog(root, { segmentBytes: 500, fsync: 'off' });
  await log.createTopics([{ name: 't', partitions: 1, compact: false }]);
  for (let i = 0; i < 30; i++) await log.append('t', [{ key: i % 3 === 0 ? 'secret' : `k${i}`, value: String(i) }]);
  expect(await log.erase('t', ['secret', 'unknown'])).toBe(10);
  expect((await all(log)).map((m) => m.key)).not.toContain('secret');
  expect(await all(log)).toHaveLength(20);
  await log.close();
});

it('survives a kill at every step of a compaction', async () => {
  const expected = Array.from({ length: 10 }, (_, i) => `k${i}=${30 + i}`);
  let finished = false;
  let drafts = 0;
  for (let step = 1; !finished; step++) {
    const root = folder();
    const child = new Child(`
      import { openFileLog } from ${JSON.stringify(built('platform/log/index.js'))};
      import { fileIo } from ${JSON.stringify(built('platform/log/io.js'))};
      let left = -1;
      const io = Object.fromEntries(Object.entries(fileIo).map(([name, call]) => [name, (...args) => {
        if (left > 0 && --left === 0) {
          if (name === 'write') call(args[0], args[1], args[2], args[3] >> 1, args[4]);
          process.kill(process.pid, 'SIGKILL');
        }
        return call(...args);
      }]));
      const log = await openFileLog(${JSON.stringify(root)}, { segmentBytes: 400, fsync: 'off', io });
      await log.createTopics([{ name: 't', partitions: 1, compact: true }]);
      for (let i = 0; i < 40; i++) await log.append('t', [{ key: 'k' + (i % 10), value: String(i) }]);
      left = ${step};
      await log.compact('t');
      console.log('compacted');`);
    finished = (await child.ended).signal === null;
    if (finished) expect(child.output).toContain('compacted');
    if (readdirSync(join(root, 't', '0')).some((name) => /draft|swap/.test(name))) drafts++;
    const log = await openFileLog(root, { segmentBytes: 400, fsync: 'off' });
    expect(readdirSync(join(root, 't', '0')).every((name) => /^\d{16}\.log$/.test(name))).toBe(true);
    const messages = await all(log);
    const offsets = messages.map((m) => m.offset);
    expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
    const last = new Map(messages.map((m) => [m.key, m.value]));
    expect([...last].map(([key, value]) => `${key}=${value}`).sort()).toEqual(expected);
    expect((await log.positions('t'))[0]?.end).toBe(40);
    await log.compact('t');
    expect((await all(log)).map((m) => `${m.key}=${m.value}`)).toEqual(expected);
    await log.close();
  }
  expect(drafts).toBeGreaterThan(5);
});
