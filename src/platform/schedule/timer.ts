import { AssayError, messageOf } from '../../errors.js';
import type { Job, JobStatus, Schedule } from './port.js';
import { nextTime } from './when.js';

/** A timer cannot wait longer than this; longer waits are made of several. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** Recurring jobs in this process. `clock` in milliseconds since 1970. */
export function createTimerSchedule(clock: () => number = Date.now): Schedule {
  return new TimerSchedule(clock);
}

interface Entry {
  job: Job;
  next: number;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
  skipped: number;
  lastStarted?: string;
  lastFinished?: string;
  lastError?: string;
}

class TimerSchedule implements Schedule {
  readonly #clock: () => number;
  readonly #jobs = new Map<string, Entry>();
  readonly #closed = new AbortController();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  async define(job: Job): Promise<void> {
    if (this.#closed.signal.aborted) throw new AssayError('NOT_READY', 'the schedule is closed');
    const next = nextTime(job.when, this.#clock());
    const entry = this.#jobs.get(job.name) ?? { job, next, skipped: 0 };
    entry.job = job;
    entry.next = next;
    this.#jobs.set(job.name, entry);
    this.#wait(entry);
  }

  trigger(name: string): Promise<void> {
    const entry = this.#jobs.get(name);
    if (entry === undefined) return Promise.reject(new AssayError('NOT_FOUND', `there is no job "${name}"`));
    if (this.#closed.signal.aborted) return Promise.reject(new AssayError('NOT_READY', 'the schedule is closed'));
    entry.running ??= this.#run(entry);
    return entry.running;
  }

  async status(): Promise<JobStatus[]> {
    return [...this.#jobs.values()].map(({ job, next, skipped, running, lastStarted, lastFinished, lastError }) => ({
      name: job.name,
      when: job.when,
      running: running !== undefined,
      skipped,
      next: new Date(next).toISOString(),
      ...(lastStarted !== undefined && { lastStarted }),
      ...(lastFinished !== undefined && { lastFinished }),
      ...(lastError !== undefined && { lastError }),
    }));
  }

  /** Tells running jobs to stop, and waits for them. */
  async close(): Promise<void> {
    this.#closed.abort();
    for (const entry of this.#jobs.values()) clearTimeout(entry.timer);
    await Promise.all([...this.#jobs.values()].map((entry) => entry.running));
  }

  #wait(entry: Entry): void {
    clearTimeout(entry.timer);
    const left = entry.next - this.#clock();
    entry.timer = setTimeout(() => this.#due(entry), Math.min(Math.max(left, 0), LONGEST_WAIT));
  }

  #due(entry: Entry): void {
    const now = this.#clock();
    if (now >= entry.next) {
      if (entry.running === undefined) entry.running = this.#run(entry);
      else entry.skipped++;
      entry.next = nextTime(entry.job.when, now);
    }
    this.#wait(entry);
  }

  /** Never rejects: what went wrong is in the status. */
  async #run(entry: Entry): Promise<void> {
    entry.lastStarted = new Date(this.#clock()).toISOString();
    try {
      await entry.job.run(this.#closed.signal);
      delete entry.lastError;
    } catch (error) {
      entry.lastError = messageOf(error);
    } finally {
      entry.lastFinished = new Date(this.#clock()).toISOString();
      delete entry.running;
    }
  }
}
