import type { Redis } from 'ioredis';
import { connect, redisClient } from '../../cache/redis/index.js';

/** A connection that never said a word for so long is dead: Bull's blocking commands answer every five seconds. */
const SILENCE_MS = 15_000;

/**
 * The connections of a schedule: one for locks and state, on which nothing waits for Redis to come back; two that all of
 * Bull's queues share, and one a queue to wait for jobs, on which everything waits.
 */
export class Connections {
  readonly #url: string;
  readonly #all: Redis[] = [];
  readonly state: Redis;
  readonly #client: Redis;
  readonly #subscriber: Redis;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
    this.state = this.#open({
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 2000,
      socketTimeout: SILENCE_MS,
    });
    this.#client = this.#open({ maxRetriesPerRequest: null, socketTimeout: SILENCE_MS });
    this.#subscriber = this.#open({ maxRetriesPerRequest: null });
  }

  /** What Bull asks for, and where the connection goes that waits for the queue's jobs. */
  forQueue(onBlocking: (client: Redis) => void): (type: 'client' | 'subscriber' | 'bclient') => Redis {
    return (type) => {
      if (type === 'client') return this.#client;
      if (type === 'subscriber') return this.#subscriber;
      const blocking = this.#open({ maxRetriesPerRequest: null, socketTimeout: SILENCE_MS });
      onBlocking(blocking);
      return blocking;
    };
  }

  close(): void {
    this.#closed = true;
    // One that has ended would be waited for (ioredis 5.11.1).
    for (const client of this.#all) if (client.status !== 'end') client.disconnect();
  }

  #open(options: Parameters<typeof redisClient>[1]): Redis {
    const client = redisClient(this.#url, options);
    // Every queue listens to the shared ones.
    client.setMaxListeners(0);
    this.#all.push(client);
    connect(client);
    // Bull asks for the one it waits on late: one that is made after the end would keep the process alive.
    if (this.#closed) client.disconnect();
    return client;
  }
}
