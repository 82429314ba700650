import { createRequire } from 'node:module';

interface Request {
  sentAt: number;
  requestTimeout: number;
  timeoutRequest(): void;
}

interface RequestQueue {
  pending: readonly unknown[];
  inflight: ReadonlyMap<number, Request>;
  requestTimeout: number;
  enforceRequestTimeout: boolean;
  requestTimeoutIntervalId: NodeJS.Timeout | null;
  isConnected(): boolean;
  destroy(): void;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
}

const load = createRequire(import.meta.url);

/** Timeouts are of tens of seconds. */
const TIMEOUTS_EVERY_MS = 1000;

/**
 * Lets a connection of kafkajs 2.2.4 rest. After its first answer it looks every ten milliseconds, for ever, whether requests wait to
 * be sent, also when none does, and ten times a second whether one has timed out. A worker has some twenty connections: with
 * nothing to do it used 12 % of a core, most of it here.
 * A request that has to wait asks for the look itself, and every answer looks at once; timeouts are looked for once a second.
 */
export function quietQueues(): void {
  const queue = (load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue & { quiet?: true } }).prototype;
  if (queue.quiet === true) return;
  const schedule = queue.scheduleCheckPendingRequests;
  queue.quiet = true;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
  queue.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(
      () => {
        for (const request of [...this.inflight.values()])
          if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
        if (!this.isConnected()) this.destroy();
      },
      Math.min(this.requestTimeout, TIMEOUTS_EVERY_MS),
    );
  };
}
