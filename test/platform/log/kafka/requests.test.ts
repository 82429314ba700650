import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../../../src/platform/log/kafka/record.js';
import { requestsOf, topicMessages } from '../../../../src/platform/log/kafka/requests.js';

const outgoing = (topic: string, partition: number, n: number, bytes: number): Outgoing => {
  const key = `${topic}-${partition}-${n}`;
  return { topic, partition, key, bytes, message: { key, value: null, partition } };
};

describe('requests', () => {
  it('hold batches within bounds, each partition in order, and nothing twice', () => {
    const messages: Outgoing[] = [];
    for (let n = 0; n < 3000; n++) messages.push(outgoing(n % 5 === 0 ? 'a' : 'b', n % 3, n, 100 + (n % 7) * 400));
    const requests = requestsOf(messages);
    expect(requests.length).toBeGreaterThan(1);
    for (const request of requests) {
      const batches = new Map<string, number>();
      for (const { topic, partition, bytes } of request)
        batches.set(`${topic}${partition}`, (batches.get(`${topic}${partition}`) ?? 0) + bytes);
      expect(Math.max(...batches.values())).toBeLessThanOrEqual(900_000);
    }
    const of = (list: Outgoing[], topic: string, partition: number): string[] =>
      list.filter((m) => m.topic === topic && m.partition === partition).map(({ key }) => key);
    for (const topic of ['a', 'b'])
      for (const partition of [0, 1, 2])
        expect(of(requests.flat(), topic, partition)).toEqual(of(messages, topic, partition));
    expect(requests.flat()).toHaveLength(messages.length);
  });

  it('hold at most five thousand messages of a partition', () => {
    const requests = requestsOf(Array.from({ length: 12_000 }, (_, n) => outgoing('a', 0, n, 50)));
    expect(requests.map((request) => request.length)).toEqual([5000, 5000, 2000]);
  });

  it('give a message that is too large a batch of its own', () => {
    const sizes = [10, 2_000_000, 10];
    const requests = requestsOf(sizes.map((bytes, n) => outgoing('a', 0, n, bytes)));
    expect(requests.map((request) => request.map(({ bytes }) => bytes))).toEqual([[10], [2_000_000], [10]]);
  });

  it('are grouped by topic for the client', () => {
    const request = [outgoing('a', 0, 0, 1), outgoing('b', 0, 1, 1), outgoing('a', 1, 2, 1)];
    expect(topicMessages(request).map(({ topic, messages }) => [topic, messages.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(requestsOf([])).toEqual([]);
  });
});
