import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssayError } from '../../src/errors.js';
import type { Log, LogBatch, LogMessage, StoredMessage } from '../../src/platform/log/index.js';

export interface OpenedLog {
  log: Log;
  /** Whether outputs and offset of a batch become visible together, or not at all. */
  atomic: boolean;
  /** Closes the log, and opens the same data again. */
  reopen(): Promise<Log>;
  /** Closes the log and removes its data. */
  destroy(): Promise<void>;
}

/** What the log's contract promises, for any adapter. */
export function describeLog(name: string, open: () => Promise<OpenedLog>): void {
  describe(`log contract: ${name}`, () => {
    let opened: OpenedLog;
    let log: Log;
    beforeEach(async () => {
      opened = await open();
      log = opened.log;
      await log.createTopics([
        { name: 'in', partitions: 3, compact: false },
        { name: 'out', partitions: 2, compact: false },
        { name: 'state', partitions: 2, compact: true },
      ]);
    });
    afterEach(() => opened.destroy());

    const message = (key: string, value: string | null): LogMessage => ({ key, value });
    const many = (n: number): LogMessage[] =>
      Array.from({ length: n }, (_, i) => message(`key-${i % 37}`, `value ${i}`));

    /** Every message of a topic, by partition. */
    async function all(topic: string, maxMessages = 1000): Promise<StoredMessage[][]> {
      const found: StoredMessage[][] = [];
      await log.consume({ topic, maxMessages, untilEnd: true, from: async () => 0 }, async (batch) => {
        found[batch.partition] ??= [];
        (found[batch.partition] as StoredMessage[]).push(...batch.messages);
      });
      return found.filter((list) => list !== undefined);
    }
    const values = async (topic: string): Promise<(string | null)[]> => (await all(topic)).flat().map((m) => m.value);

    it('keeps the messages of a key in one partition and in order', async () => {
      for (const part of [many(100), many(500)]) await log.append('in', part);
      const partitions = await all('in', 7);
      const home = new Map<string, number>();
      partitions.forEach((messages, p) => {
        for (const { key } of messages) {
          expect(home.get(key) ?? p).toBe(p);
          home.set(key, p);
        }
        const offsets = messages.map((m) => m.offset);
        expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
      });
      expect(home.size).toBe(37);
      for (const key of home.keys()) {
        const seen = partitions
          .flat()
          .filter((m) => m.key === key)
          .map((m) => m.value);
        expect(seen).toEqual([...many(100), ...many(500)].filter((m) => m.key === key).map((m) => m.value));
      }
    });

    it('gives back text of any script, headers, timestamps and tombstones as they were', async () => {
      const text = 'שלום Ω 漢字 😀 \u0000 \n "quoted"';
      await log.append('in', [
        { key: `a\u001f${text}`, value: text, headers: { code: text }, timestamp: 1_700_000_000_123 },
        { key: 'b', value: null },
        { key: 'c', value: '' },
      ]);
      const found = new Map((await all('in')).flat().map((m) => [m.key, m]));
      expect(found.get(`a\u001f${text}`)).toMatchObject({
        value: text,
        headers: { code: text },
        timestamp: 1_700_000_000_123,
      });
      expect(found.get('b')?.value).toBeNull();
      expect(found.get('b')?.headers).toEqual({});
      expect(found.get('b')?.timestamp).toBeGreaterThan(1_600_000_000_000);
      expect(found.get('c')?.value).toBe('');
    });

    it('bounds batches by messages and by bytes, and always hands over at least one message', async () => {
      await log.append('in', [message('k', 'x'.repeat(50_000)), message('k', 'y'.repeat(50_000)), message('k', 'z')]);
      const sizes: number[] = [];
      const count = async (batch: LogBatch): Promise<void> => void sizes.push(batch.messages.length);
      await log.consume({ topic: 'in', maxMessages: 2, untilEnd: true, from: async () => 0 }, count);
      await log.consume({ topic: 'in', maxMessages: 9, maxBytes: 1000, untilEnd: true, from: async () => 0 }, count);
      expect(Math.max(...sizes.slice(0, 2))).toBeLessThanOrEqual(2);
      expect(sizes.slice(-3)).toEqual([1, 1, 1]);
    });

    it('starts a group at the beginning and goes on where it committed, also after a restart', async () => {
      await log.append('in', many(200));
      const seen: string[] = [];
      const take = async (batch: LogBatch): Promise<void> => {
        for (const m of batch.messages) seen.push(m.value as string);
      };
      await log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, take);
      expect(seen).toHaveLength(200);
      log = await opened.reopen();
      await log.append('in', [message('late', 'late')]);
      await log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, take);
      expect(seen.slice(200)).toEqual(['late']);
      const positions = await log.positions('in', 'g');
      expect(positions.map((p) => p.committed ?? 0)).toEqual(positions.map((p) => p.end));
      expect((await log.positions('in', 'nobody')).every((p) => p.committed === null)).toBe(true);
    });

    it('commits nothing of a batch whose handler throws, and drops its outputs', async () => {
      await log.append('in', many(30));
      const consumed = log.consume({ topic: 'in', group: 'g', maxMessages: 100, untilEnd: true }, async (_, outbox) => {
        outbox.append('out', [message('k', 'lost')]);
        throw new Error('handler failed');
      });
      await expect(consumed).rejects.toThrow('handler failed');
      expect(await values('out')).toEqual([]);
      expect((await log.positions('in', 'g')).every((p) => p.committed === null)).toBe(true);
    });

    it('makes outputs visible with the offset', async () => {
      await log.append('in', many(50));
      await log.consume({ topic: 'in', group: 'g', maxMessages: 8, untilEnd: true }, async (batch, outbox) => {
        outbox.append(
          'out',
          batch.messages.map((m) => message(m.key, `out ${m.value}`)),
        );
      });
      expect((await values('out')).sort()).toEqual(
        many(50)
          .map((m) => `out ${m.value}`)
          .sort(),
      );
    });

    it('starts where a handler that keeps its own offsets says', async () => {
      await log.append(
        'in',
        Array.from({ length: 10 }, (_, i) => message('k', String(i))),
      );
      const { partition, end } = (await log.positions('in')).find((p) => p.end > p.start) as {
        partition: number;
        end: number;
      };
      const seen: (string | null)[] = [];
      const from = async (p: number): Promise<number> => (p === partition ? end - 3 : 0);
      await log.consume({ topic: 'in', from, maxMessages: 2, untilEnd: true }, async (batch) => {
        expect(batch.firstOffset).toBeLessThan(batch.nextOffset);
        for (const m of batch.messages) seen.push(m.value);
      });
      expect(seen).toEqual(['7', '8', '9']);
    });

    it('refuses to go on past messages that are no longer there', async () => {
      const gone = log.consume({ topic: 'in', from: async () => 5, maxMessages: 1, untilEnd: true }, async () => {});
      await expect(gone).rejects.toMatchObject({ code: 'LOG_CORRUPT' });
    });

    it('hands over what arrives later, until the signal', async () => {
      const stop = new AbortController();
      const seen: (string | null)[] = [];
      const running = log.consume({ topic: 'in', group: 'g', maxMessages: 10, signal: stop.signal }, async (batch) => {
        for (const m of batch.messages) seen.push(m.value);
        // Partitions have no order among them: what was appended last need not come last.
        if (seen.length === 21) stop.abort();
      });
      await log.append('in', many(20));
      await log.append('in', [message('k', 'last')]);
      await running;
      expect(seen).toContain('last');
      expect(seen).toHaveLength(21);
    });

    it('shares a group between consumers: every message once, no partition twice at a time', async () => {
      await log.append('in', many(300));
      const busy = new Set<number>();
      const seen: (string | null)[] = [];
      const work = async (batch: LogBatch): Promise<void> => {
        expect(busy.has(batch.partition)).toBe(false);
        busy.add(batch.partition);
        await new Promise((resolve) => setImmediate(resolve));
        for (const m of batch.messages) seen.push(m.value);
        busy.delete(batch.partition);
      };
      const options = { topic: 'in', group: 'g', maxMessages: 5, untilEnd: true };
      await Promise.all([log.consume(options, work), log.consume(options, work), log.consume(options, work)]);
      expect(seen.sort()).toEqual(
        many(300)
          .map((m) => m.value)
          .sort(),
      );
    });

    it('hands over every offset once, gaps included, up to the end', async () => {
      await log.append('in', many(60));
      await log.consume({ topic: 'in', group: 'g', maxMessages: 7, untilEnd: true }, async (batch, outbox) => {
        outbox.append('out', batch.messages);
      });
      const next = [0, 0];
      let messages = 0;
      await log.consume({ topic: 'out', from: async () => 0, maxMessages: 11, untilEnd: true }, async (batch) => {
        expect(batch.firstOffset).toBe(next[batch.partition]);
        expect(batch.nextOffset).toBeGreaterThan(batch.firstOffset);
        next[batch.partition] = batch.nextOffset;
        messages += batch.messages.length;
      });
      expect(messages).toBe(60);
      expect(next).toEqual((await log.positions('out')).map(({ end }) => end));
    });

    it('writes the outputs of a batch and its offset together, or not at all', async () => {
      await log.append('in', many(20));
      const consumed = log.consume({ topic: 'in', group: 'g', maxMessages: 100, untilEnd: true }, async (_, outbox) => {
        outbox.append('out', [message('k', 'half')]);
        outbox.append('nowhere', [message('k', 'other half')]);
      });
      await expect(consumed).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await log.positions('in', 'g')).every((p) => p.committed === null)).toBe(true);
      if (opened.atomic) expect(await values('out')).toEqual([]);
      else expect(await values('out')).toEqual(['half']);
    });

    it('ends at once where a group has read everything, or there is nothing', async () => {
      const never = async (): Promise<void> => expect.unreachable();
      await log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, never);
      await log.append('in', many(30));
      await log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, async () => {});
      await log.consume({ topic: 'in', group: 'g', maxMessages: 10, untilEnd: true }, never);
    });

    it('ends a consumer of a group when the whole group has read everything', async () => {
      await log.append('in', many(200));
      const options = { topic: 'in', group: 'g', maxMessages: 20, untilEnd: true };
      const one = async (): Promise<void> => {
        await log.consume(options, () => new Promise((resolve) => setTimeout(resolve, 5)));
        for (const { end, start, committed } of await log.positions('in', 'g')) expect(committed ?? start).toBe(end);
      };
      await Promise.all([one(), one()]);
    });

    describe('a group whose members keep its places elsewhere', () => {
      /** As a table that moves on only from the place it has. */
      class Store {
        readonly places = new Map<number, number>();
        readonly seen: (string | null)[] = [];
        readonly from = async (partition: number): Promise<number | undefined> => this.places.get(partition);
        readonly apply = async ({ partition, firstOffset, nextOffset, messages }: LogBatch): Promise<void> => {
          await new Promise((resolve) => setImmediate(resolve));
          if ((this.places.get(partition) ?? 0) !== firstOffset)
            throw new AssayError('OFFSET_CONFLICT', `partition ${partition} is not at ${firstOffset}`);
          this.places.set(partition, nextOffset);
          for (const { value } of messages) this.seen.push(value);
        };
      }
      const all = many(300)
        .map((m) => m.value)
        .sort();
      let store: Store;
      beforeEach(() => {
        store = new Store();
      });

      it('starts where they say, and shows the group how far it is', async () => {
        await log.append('in', many(300));
        const options = { topic: 'in', group: 'g', from: store.from, maxMessages: 40, untilEnd: true };
        await log.consume(options, store.apply);
        expect(store.seen.sort()).toEqual(all);
        const positions = await log.positions('in', 'g');
        expect(positions.map((p) => p.committed ?? 0)).toEqual(positions.map((p) => p.end));
        expect(positions.map((p) => store.places.get(p.partition) ?? 0)).toEqual(positions.map((p) => p.end));
        // The place that is kept elsewhere is the truth, also when it goes back.
        const back = positions.find((p) => p.end > 0) as { partition: number; end: number };
        store.places.set(back.partition, back.end - 1);
        await log.consume(options, store.apply);
        expect(store.seen).toHaveLength(301);
      });

      it('shares the partitions: every message once, no partition twice at a time', async () => {
        await log.append('in', many(300));
        const busy = new Set<number>();
        const apply = async (batch: LogBatch): Promise<void> => {
          expect(busy.has(batch.partition)).toBe(false);
          busy.add(batch.partition);
          try {
            await store.apply(batch);
          } finally {
            busy.delete(batch.partition);
          }
        };
        const options = { topic: 'in', group: 'g', from: store.from, maxMessages: 10, untilEnd: true };
        await Promise.all([log.consume(options, apply), log.consume(options, apply)]);
        expect(store.seen.sort()).toEqual(all);
      });

      it('asks again after a conflict, and goes on', async () => {
        await log.append('in', many(300));
        const taken = new Map<number, number>();
        let conflicts = 0;
        await log.consume(
          { topic: 'in', group: 'g', from: store.from, maxMessages: 10, untilEnd: true },
          async (batch) => {
            // Somebody else was faster with the first batch of every partition.
            if (!taken.has(batch.partition)) {
              taken.set(batch.partition, batch.messages.length);
              store.places.set(batch.partition, batch.nextOffset);
            }
            try {
              await store.apply(batch);
            } catch (error) {
              conflicts++;
              throw error;
            }
          },
        );
        expect(conflicts).toBe(taken.size);
        expect(store.seen).toHaveLength(300 - [...taken.values()].reduce((a, b) => a + b, 0));
        expect(new Set(store.seen).size).toBe(store.seen.length);
      });

      it('gives up on a conflict that does not end', async () => {
        await log.append('in', many(1));
        const consumed = log.consume(
          { topic: 'in', group: 'g', from: async () => 0, maxMessages: 10, untilEnd: true },
          async () => {
            throw new AssayError('OFFSET_CONFLICT', 'always');
          },
        );
        await expect(consumed).rejects.toMatchObject({ code: 'OFFSET_CONFLICT' });
      });
    });

    it('keeps at least the newest message of every key when it compacts, tombstones too', async () => {
      await log.append('state', many(400));
      await log.append('state', [message('key-3', null)]);
      await log.compact('state');
      const newest = new Map((await all('state')).flat().map((m) => [m.key, m.value]));
      const expected = new Map<string, string | null>(many(400).map((m) => [m.key, m.value]));
      expected.set('key-3', null);
      expect(newest).toEqual(expected);
    });

    it('leaves existing topics as they are, and refuses unknown ones', async () => {
      await log.createTopics([{ name: 'in', partitions: 9, compact: false }]);
      expect(await log.positions('in')).toHaveLength(3);
      await expect(log.append('nowhere', [message('k', 'v')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });
}
