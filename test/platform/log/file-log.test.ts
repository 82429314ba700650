import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FileLog, type FileLogOptions, openFileLog } from '../../../src/platform/log/index.js';
import { fileIo, type LogIo } from '../../../src/platform/log/io.js';
import { folder } from '../folder.js';

const options: FileLogOptions = { segmentBytes: 1 << 20, fsync: 'off' };
const topic = { name: 't', partitions: 1, compact: true };

async function values(log: FileLog): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  await log.consume({ topic: 't', maxMessages: 100, untilEnd: true, from: async () => 0 }, async (batch) => {
    for (const message of batch.messages) found.push(message.value);
  });
  return found;
}

async function withMessages(root: string, texts: readonly string[], use: FileLogOptions = options): Promise<FileLog> {
  const log = await openFileLog(root, use);
  await log.createTopics([topic]);
  for (const text of texts) await log.append('t', [{ key: `key of ${text}`, value: text, headers: { h: text } }]);
  return log;
}

const segments = (root: string): string[] =>
  readdirSync(join(root, 't', '0'))
    .filter((name) => name.endsWith('.log'))
    .sort();
const newest = (root: string): string => join(root, 't', '0', segments(root).at(-1) as string);

/** As a crash leaves it: nothing says where the log ended. */
async function crash(log: FileLog, root: string): Promise<void> {
  await log.close();
  writeFileSync(join(root, 'clean.json'), '');
}

it('cuts off a torn tail at every byte of the last message, and never names its offset again', async () => {
  const root = folder();
  const log = await withMessages(root, ['one', 'two']);
  const before = log.partitions('t') && readFileSync(newest(root)).length;
  await log.append('t', [{ key: 'k', value: 'three' }]);
  await crash(log, root);
  const file = newest(root);
  const whole = readFileSync(file);
  expect(whole.length).toBeGreaterThan(before);
  for (let cut = before; cut < whole.length; cut++) {
    const copy = folder();
    const base = await withMessages(copy, []);
    await crash(base, copy);
    writeFileSync(newest(copy), whole.subarray(0, cut));
    const opened = await openFileLog(copy, options);
    expect(await values(opened)).toEqual(['one', 'two']);
    expect(opened.recovered.map(({ position, bytes }) => ({ position, bytes }))).toEqual(
      cut === before ? [] : [{ position: before, bytes: cut - before }],
    );
    await opened.append('t', [{ key: 'k', value: 'next' }]);
    const [position] = await opened.positions('t');
    if (cut > before) expect(position?.end).toBeGreaterThan(3);
    await opened.close();
    const again = await openFileLog(copy, options);
    expect(await values(again)).toEqual(['one', 'two', 'next']);
    expect(again.recovered).toEqual([]);
    await again.close();
  }
});

it('refuses damage before the tail, naming segment and offset, whatever byte it hit', async () => {
  const root = folder();
  const log = await withMessages(root, ['one']);
  const start = readFileSync(newest(root)).length;
  await log.append('t', [{ key: 'k', value: 'two' }]);
  const end = readFileSync(newest(root)).length;
  await log.append('t', [{ key: 'k', value: 'three' }]);
  await crash(log, root);
  const whole = readFileSync(newest(root));
  for (let at = start; at < end; at++) {
    const flipped = Buffer.from(whole);
    flipped[at] = (flipped[at] as number) ^ 0x41;
    writeFileSync(newest(root), flipped);
    await expect(openFileLog(root, options)).rejects.toMatchObject({
      code: 'LOG_CORRUPT',
      details: { segment: newest(root), position: start, offset: 1 },
    });
  }
});

it('finds damage in closed segments when it reads them', async () => {
  const root = folder();
  const log = await withMessages(root, ['one', 'two', 'three'], { ...options, segmentBytes: 1 });
  await log.close();
  const first = join(root, 't', '0', segments(root)[0] as string);
  const whole = readFileSync(first);
  for (const damage of [whole.subarray(0, whole.length - 1), Buffer.from(whole).fill(0, 30, 31)]) {
    writeFileSync(first, damage);
    const opened = await openFileLog(root, options);
    await expect(values(opened)).rejects.toMatchObject({ code: 'LOG_CORRUPT', details: { segment: first } });
    await opened.close();
  }
});

it('tells a consumer whose messages have vanished', async () => {
  const root = folder();
  const log = await withMessages(root, ['one', 'two']);
  await log.consume({ topic: 't', group: 'g', maxMessages: 10, untilEnd: true }, async () => {});
  await crash(log, root);
  truncateSync(newest(root), 0);
  const opened = await openFileLog(root, options);
  await expect(
    opened.consume({ topic: 't', group: 'g', maxMessages: 1, untilEnd: true }, async () => {}),
  ).rejects.toThrow(/ends at offset 0, but its consumer has already read up to 2/);
  await opened.close();
});

/** A disk with room for so many more bytes. */
function smallDisk(): LogIo & { room: number } {
  const disk = {
    ...fileIo,
    room: Number.POSITIVE_INFINITY,
    write(fd: number, bytes: Uint8Array, at: number, length: number, position: number): number {
      if (disk.room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const fits = Math.min(length, disk.room);
      disk.room -= fits;
      return fileIo.write(fd, bytes, at, fits, position);
    },
  };
  return disk;
}

it('stays whole when the disk fills up at any byte of an append, and goes on when there is room', async () => {
  const io = smallDisk();
  const root = folder();
  const log = await openFileLog(root, { ...options, segmentBytes: 300, io });
  await log.createTopics([{ ...topic, partitions: 3 }]);
  const expected: string[] = [];
  for (let room = 0; room < 400; room += 7) {
    const batch = Array.from({ length: 6 }, (_, i) => ({ key: `${i}`, value: `${room}-${i}` }));
    io.room = room;
    const appended = await log.append('t', batch).then(
      () => true,
      (error) => {
        expect(error).toMatchObject({ code: 'DISK_FULL' });
        return false;
      },
    );
    io.room = Number.POSITIVE_INFINITY;
    if (appended) expected.push(...batch.map((m) => m.value));
    await log.append('t', [{ key: 'after', value: `after ${room}` }]);
    expected.push(`after ${room}`);
  }
  expect(expected.length).toBeGreaterThan(60);
  expect((await values(log)).sort()).toEqual([...expected].sort());
  await crash(log, root);
  const again = await openFileLog(root, options);
  expect(again.recovered).toEqual([]);
  expect((await values(again)).sort()).toEqual([...expected].sort());
  await again.close();
});

it('refuses every append that a failed sync concerns, shows none of it, and goes on', async () => {
  const root = folder();
  let failing = false;
  const io: LogIo = {
    ...fileIo,
    sync: (fd) => (failing ? Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })) : fileIo.sync(fd)),
  };
  const log = await withMessages(root, ['one'], { ...options, fsync: 'batch', io });
  failing = true;
  const results = await Promise.allSettled(['a', 'b', 'c'].map((value) => log.append('t', [{ key: 'k', value }])));
  expect(results.map((r) => r.status === 'rejected' && r.reason.code)).toEqual(['DISK_FULL', 'DISK_FULL', 'DISK_FULL']);
  failing = false;
  await log.append('t', [{ key: 'k', value: 'two' }]);
  expect(await values(log)).toEqual(['one', 'two']);
  await crash(log, root);
  const again = await openFileLog(root, options);
  expect(await values(again)).toEqual(['one', 'two']);
  await again.close();
});

it('shows a message to readers only when it is durable', async () => {
  const root = folder();
  let release: () => void = () => {};
  const io: LogIo = { ...fileIo, sync: () => new Promise((resolve) => (release = resolve)) };
  const log = await withMessages(root, [], { ...options, fsync: 'batch', io });
  const appended = log.append('t', [{ key: 'k', value: 'v' }]);
  expect(await values(log)).toEqual([]);
  release();
  await appended;
  expect(await values(log)).toEqual(['v']);
  await log.close();
});

it('keeps messages longer than its read buffer', async () => {
  const root = folder();
  const long = ['x'.repeat(3_000_000), 'ü'.repeat(1_500_000), 'short'];
  const log = await withMessages(root, []);
  await log.append(
    't',
    long.map((value, i) => ({ key: `${i}`, value })),
  );
  expect(await values(log)).toEqual(long);
  await crash(log, root);
  const again = await openFileLog(root, options);
  expect(await values(again)).toEqual(long);
  await again.close();
});
