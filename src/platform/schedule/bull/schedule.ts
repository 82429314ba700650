import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError, messageOf } from '../../../errors.js';
import { failureText } from '../../cache/redis/index.js';
import { Guard, type GuardState, isConnectionLost } from '../../guard.js';
import type { PlatformLogger } from '../../platform.js';
import type { Job, JobStatus, Schedule } from '../port.js';
import { nextTime } from '../when.js';
import { Connections } from './connections.js';
import { JobQueue } from './queue.js';
import { closedError, Runner, token } from './runner.js';
import { jobOf, SharedState } from './state.js';

const COMMAND_MS = 2000;
/** How long the opening waits for Redis; without it the schedule opens all the same. */
const PATIENCE_MS = 1000;
const FOLLOW_MS = 50;
/** How often times are planned anew that Redis may have forgotten, and how often that is tried again. */
const PLAN_MS = 15_000;
const AGAIN_MS = 1000;
/** How long Bull may take to write down what ended, when it is closed. */
const FAREWELL_MS = 3000;

export interface BullScheduleOptions {
  /** `redis://[user:password@]host:port[/database]`, `rediss://` with TLS. */
  url: string;
  namespace: string;
  logger?: PlatformLogger;
  /** How long a process that died, hangs or cannot reach Redis keeps the job that it was running. */
  lockMs?: number;
  /** How often a process looks, at the latest, whether a time has come. */
  checkMs?: number;
}

export interface BullSchedule extends Schedule {
  guards(): GuardState[];
}

/**
 * Recurring jobs over all processes of a namespace, in Redis. Any process that defined a job may run it; the newest
 * definition says when, everywhere.
 *
 * - A run holds a lock in Redis that it renews; a time that comes meanwhile, in whatever process, is skipped and counted.
 * - A process that dies in a run (SIGKILL) frees the job after `lockMs` (a minute by default), and another process that
 *   defined it runs it again from its beginning within twice that time, once. A process whose event loop stands still for
 *   longer than `lockMs` loses its run like a dead one: the signal aborts as soon as it is back.
 * - A time that passes while no process or no Redis is there is made up once, when they are back.
 * - While Redis is away nothing starts, `trigger` throws PLATFORM_UNAVAILABLE, and the status says why. A run under way goes
 *   on for two thirds of `lockMs` and is then told to stop. A Redis that comes back empty is told the jobs again; only what
 *   was skipped and when jobs ran is forgotten. A run under way takes its lock again as soon as it is connected.
 *
 * @throws AssayError CONFIG_INVALID when the URL is none of Redis; never because Redis is away.
 */
export async function openBullSchedule(options: BullScheduleOptions): Promise<BullSchedule> {
  const schedule = new SharedSchedule(options);
  await Promise.race([schedule.began, sleep(PATIENCE_MS, undefined, { ref: false })]);
  return schedule;
}

interface Entry {
  job: Job;
  queue: JobQueue;
}

class SharedSchedule implements BullSchedule {
  readonly #options: BullScheduleOptions;
  readonly #connections: Connections;
  readonly #state: SharedState;
  readonly #runner: Runner;
  readonly #guard = new Guard({
    name: 'redis',
    timeoutMs: COMMAND_MS,
    attempts: 1,
    threshold: 3,
    openMs: 500,
    isOutage: () => true,
  });
  readonly #jobs = new Map<string, Entry>();
  /** Queues of jobs that other processes define. */
  readonly #foreign = new Map<string, JobQueue>();
  readonly #triggers = new Map<string, Promise<void>>();
  readonly #closed = new AbortController();
  #planning: NodeJS.Timeout | undefined;
  /** Why Redis is away. */
  #away: string | undefined;
  readonly began: Promise<void>;

  constructor(options: BullScheduleOptions) {
    this.#options = { lockMs: 60_000, checkMs: 5000, ...options };
    this.#connections = new Connections(options.url);
    this.#state = new SharedState(this.#connections.state, options.namespace);
    this.#runner = new Runner(this.#state, this.#lockMs, options.logger);
    this.began = new Promise((resolve) => this.#watch(resolve));
    void this.#planAll();
  }

  async define(job: Job): Promise<void> {
    if (this.#closed.signal.aborted) throw closedError();
    nextTime(job.when, Date.now());
    const before = this.#jobs.get(job.name);
    const entry = before ?? { job, queue: this.#queue(job.name) };
    entry.job = job;
    this.#jobs.set(job.name, entry);
    try {
      await this.#ask(() => this.#state.define(job.name, job.when));
      await this.#plan(entry, Date.now());
    } catch (error) {
      this.#options.logger?.warn({ job: job.name, reason: messageOf(error) }, 'the job is planned when redis is back');
    }
    if (before !== undefined) return;
    entry.queue.serve(async (id, { due }) => {
      if (due !== undefined) await this.#plan(entry, Math.max(Date.now(), due));
      return this.#runner.perform(() => entry.job, id, due !== undefined);
    });
  }

  trigger(name: string): Promise<void> {
    const under = this.#triggers.get(name);
    if (under !== undefined) return under;
    const trigger = this.#trigger(name).finally(() => this.#triggers.delete(name));
    this.#triggers.set(name, trigger);
    return trigger;
  }

  async status(): Promise<JobStatus[]> {
    try {
      const jobs = await this.#ask(() => this.#state.read());
      return jobs.map(({ started, finished, error, ...job }) => ({
        ...job,
        next: nextText(job.when),
        ...(started !== undefined && { lastStarted: started }),
        ...(finished !== undefined && { lastFinished: finished }),
        ...(error !== undefined && { lastError: error }),
      }));
    } catch (error) {
      const lastError = `no job starts: ${messageOf(error)}`;
      return [...this.#jobs.values()].map(({ job: { name, when } }) => ({
        name,
        when,
        running: this.#runner.isRunning(name),
        skipped: 0,
        next: nextText(when),
        lastError,
      }));
    }
  }

  guards(): GuardState[] {
    return [this.#guard.state()];
  }

  /** Tells running jobs of this process to stop, and waits for them. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    clearTimeout(this.#planning);
    await this.#runner.close();
    const queues = [...[...this.#jobs.values()].map(({ queue }) => queue), ...this.#foreign.values()];
    const farewell = Promise.all(queues.map((queue) => queue.close()));
    await Promise.race([farewell, sleep(FAREWELL_MS, undefined, { ref: false })]);
    this.#connections.close();
    await Promise.allSettled(this.#triggers.values());
  }

  get #lockMs(): number {
    return this.#options.lockMs!;
  }

  async #trigger(name: string): Promise<void> {
    if (this.#closed.signal.aborted) throw closedError();
    const queue = this.#jobs.get(name)?.queue ?? (await this.#foreignQueue(name));
    const holder = await this.#ask(() => this.#state.holder(name));
    let id = holder === undefined ? await this.#ask(() => queue.call(token())) : jobOf(holder);
    while (!this.#runner.hasEnded(id)) {
      if (this.#closed.signal.aborted) throw closedError();
      // While Redis is away the end cannot be known: it is asked for until then.
      const outcome = await this.#ask(() => queue.outcome(id)).catch(() => undefined);
      if (outcome?.joined !== undefined) id = outcome.joined;
      else if (outcome !== undefined) return;
      else {
        await sleep(FOLLOW_MS, undefined, { signal: this.#closed.signal }).catch(() => {});
        // What runs here ends before the schedule is closed.
        await this.#runner.settled(name);
      }
    }
  }

  async #foreignQueue(name: string): Promise<JobQueue> {
    if (!(await this.#ask(() => this.#state.isDefined(name))))
      throw new AssayError('NOT_FOUND', `there is no job "${name}"`);
    const queue = this.#foreign.get(name) ?? this.#queue(name);
    this.#foreign.set(name, queue);
    return queue;
  }

  /** Plans the next time of every job, again and again: Redis may have forgotten it. */
  async #planAll(): Promise<void> {
    clearTimeout(this.#planning);
    let pause = PLAN_MS;
    for (const entry of this.#jobs.values())
      await this.#plan(entry, Date.now()).catch(() => {
        pause = AGAIN_MS;
      });
    clearTimeout(this.#planning);
    if (this.#closed.signal.aborted) return;
    this.#planning = setTimeout(() => void this.#planAll(), pause);
    this.#planning.unref();
  }

  async #plan({ job: { name, when }, queue }: Entry, after: number): Promise<void> {
    const agreed = await this.#ask(() => this.#state.whenOf(name, when));
    await this.#ask(() => queue.plan(nextTime(agreed, after), agreed));
  }

  #queue(name: string): JobQueue {
    return new JobQueue({
      namespace: this.#options.namespace,
      name,
      lockMs: this.#lockMs,
      checkMs: this.#options.checkMs!,
      connections: this.#connections,
      onError: (error) => {
        // That Redis is away is said once, not by every queue at every attempt.
        if (this.#away !== undefined || isConnectionLost(error) || /connection/i.test(error.message)) return;
        this.#options.logger?.warn({ job: name, reason: failureText(error) }, 'bull reports an error');
      },
    });
  }

  /** @throws AssayError PLATFORM_UNAVAILABLE at once when there is no connection. */
  #ask<T>(work: () => Promise<T>): Promise<T> {
    return this.#guard.run(() => {
      if (this.#connections.state.status !== 'ready') throw new Error(this.#away ?? 'not connected yet');
      return work();
    });
  }

  /** Keeps in mind whether Redis is there; calls back when that is known for the first time. */
  #watch(onKnown: () => void): void {
    const { state } = this.#connections;
    const { logger } = this.#options;
    let reason = 'the connection was closed';
    state.on('ready', () => {
      if (this.#away !== undefined) logger?.info?.({}, 'redis is back: jobs start again');
      this.#away = undefined;
      reason = 'the connection was closed';
      this.#runner.renew();
      void this.#planAll();
      onKnown();
    });
    state.on('error', (error) => {
      reason = failureText(error);
    });
    state.on('close', () => {
      if (this.#away === undefined && !this.#closed.signal.aborted)
        logger?.warn({ reason }, 'redis is away: no job starts');
      this.#away = reason;
      onKnown();
    });
  }
}

function nextText(when: string): string {
  return new Date(nextTime(when, Date.now())).toISOString();
}
