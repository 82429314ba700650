import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { quietQueues } from '../../../../src/platform/log/kafka/quiet-queue.js';

interface Queue {
  pending: unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  destroy(): void;
}

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
