import { createRequire } from 'node:module';
import { afterEach, expect, it, vi } from 'vitest';
import { quietQueues } from '../../../../src/platform/log/kafka/quiet-queue.js';

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  inflight: Map<number, object>;
  scheduleRequestTimeoutCheck(): void;
  destroy(): void;
}

afterEach(() => {
  vi.useRealTimers();
});

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => Queue;

/** A queue that may have one request under way, and has it. */
function fullQueue(): Queue {
  const logger = { debug() {}, namespace: () => logger };
  const queue = new RequestQueue({ maxInFlightRequests: 0, requestTimeout: 1000, broker: 'b:1', logger });
  return queue;
}

it('lets a connection rest with which nothing waits, and looks again where a request does', () => {
  quietQueues();
  quietQueues();
  const queue = fullQueue();
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
  queue.pending.push({});
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  queue.destroy();
});

it('still gives up on requests that are not answered, whoever else is, and rests once it is not connected', () => {
  quietQueues();
  vi.useFakeTimers();
  const logger = { debug() {}, namespace: () => logger };
  let connected = true;
  const isConnected = (): boolean => connected;
  const options = { requestTimeout: 30_000, enforceRequestTimeout: true, broker: 'b:1', logger, isConnected };
  const queue = new RequestQueue(options);
  const timedOut: string[] = [];
  const request = (name: string, requestTimeout: number) => ({
    ...{ sentAt: Date.now(), requestTimeout },
    timeoutRequest: () => timedOut.push(name),
  });
  queue.inflight.set(1, request('short', 5000)).set(2, request('long', 60_000));
  queue.scheduleRequestTimeoutCheck();
  vi.advanceTimersByTime(4900);
  expect(timedOut).toEqual([]);
  vi.advanceTimersByTime(1500);
  expect(timedOut).toEqual(['short']);
  expect(vi.getTimerCount()).toBe(1);
  connected = false;
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
});
