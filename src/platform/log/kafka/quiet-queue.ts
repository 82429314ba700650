import { createRequire } from 'node:module';

interface RequestQueue {
  pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const load = createRequire(import.meta.url);

/**
 * Lets a connection of kafkajs 2.2.4 rest. After its first answer it looks every millisecond, for ever, whether requests wait to
 * be sent, also when none does. A worker has some twenty connections: with nothing to do it used 12 % of a core, most of it here.
 * A request that has to wait asks for the look itself, and every answer looks at once.
 */
export function quietQueues(): void {
  const queue = (load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue & { quiet?: true } }).prototype;
  if (queue.quiet === true) return;
  const schedule = queue.scheduleCheckPendingRequests;
  queue.quiet = true;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}
