import Bull from 'bull';
import type { Redis } from 'ioredis';
import { cut } from '../../cache/redis/index.js';
import type { Connections } from './connections.js';

/** What a job in Bull stands for: a time that came, or somebody's wish. */
export interface Call {
  /** Milliseconds since 1970; absent: somebody triggered it. */
  due?: number;
  when?: string;
}

/** What became of it: it ran, or another job of the queue was running. */
export interface Outcome {
  joined?: string;
}

export interface QueueOptions {
  namespace: string;
  name: string;
  lockMs: number;
  checkMs: number;
  connections: Connections;
  onError: (error: Error) => void;
}

/** Finished jobs that are kept, so that a time that was served is not served again by a clock that is behind. */
const KEPT = 20;
/** Jobs that a process takes at once: one runs, the others find that out. */
const CONCURRENCY = 3;

/**
 * Bull's queue of one job. Bull's repeatable jobs were not taken: they are gone for good with a Redis that lost its memory,
 * reckon times with another cron parser, and know no names with a colon. Each time is a delayed job, whose id is the
 * time, so that any number of processes may add it.
 */
export class JobQueue {
  readonly #queue: Bull.Queue<Call>;
  #blocking: Redis | undefined;

  constructor({ namespace, name, lockMs, checkMs, connections, onError }: QueueOptions) {
    this.#queue = new Bull<Call>(encodeURIComponent(name), {
      prefix: `${namespace}:bull`,
      createClient: connections.forQueue((client) => {
        this.#blocking = client;
      }),
      settings: { lockDuration: lockMs, stalledInterval: lockMs / 2, maxStalledCount: 1, guardInterval: checkMs },
      ...({ skipVersionCheck: true } as object),
    });
    this.#queue.on('error', onError);
    // It names the connection, and ends the process when a user of Redis may not do that.
    Object.assign(this.#queue, { setWorkerName: () => Promise.resolve() });
  }

  /** Takes jobs from now on. */
  serve(perform: (id: string, call: Call) => Promise<Outcome>): void {
    this.#queue
      .process(CONCURRENCY, (job) => perform(String(job.id), job.data))
      .catch(() => {
        // The connection was closed before it was ever made.
      });
  }

  /** Has the job run at a time, and at no future time of another expression. */
  async plan(due: number, when: string): Promise<void> {
    for (const job of await this.#queue.getDelayed())
      if (job.data.when !== undefined && job.data.when !== when && (job.data.due ?? 0) > Date.now())
        await job.remove().catch(() => {
          // Another process was faster.
        });
    await this.#add({ due, when }, `due.${due}`, Math.max(0, due - Date.now()));
  }

  /** Has the job run now; gives the id to follow it by. */
  async call(token: string): Promise<string> {
    const id = `now.${token}`;
    await this.#add({}, id, 0);
    return id;
  }

  /** What became of a job; undefined while it waits or runs. */
  async outcome(id: string): Promise<Outcome | undefined> {
    const job = await this.#queue.getJob(id);
    if (job === null) return {};
    if (!job.finishedOn) return undefined;
    return (job.returnvalue as Outcome | null) ?? {};
  }

  /** Takes no more jobs and lets Bull write down what those that ended gave. */
  async close(): Promise<void> {
    // Ends the wait for a job at once; Bull's own way takes half a second, and connects again to no end.
    if (this.#blocking !== undefined) {
      cut(this.#blocking);
      this.#blocking.connect = () => Promise.resolve();
    }
    await this.#queue.close().catch(() => {});
  }

  async #add(call: Call, jobId: string, delay: number): Promise<void> {
    await this.#queue.add(call, {
      jobId,
      delay,
      removeOnComplete: KEPT,
      removeOnFail: KEPT,
      // What a job throws never reaches Bull: these are for a Redis that goes away as a run begins.
      attempts: 3,
      backoff: { type: 'fixed', delay: 2000 },
    });
  }
}
