/**
 * Recurring work: one run of a named job at a time.
 *
 * Contract, held by test/conformance/schedule on every adapter:
 * - A job's handler never runs twice at once, also not after `trigger`; a time that passes while it runs is skipped and counted.
 * - Times are UTC. `hourly`, `daily` and `weekly` run at minute 0, at 00:00 and on Monday 00:00.
 * - A handler that throws is recorded; the job goes on at its next time.
 */
export interface Schedule {
  define(job: Job): Promise<void>;
  /** Runs a job now (joins the run under way). */
  trigger(name: string): Promise<void>;
  status(): Promise<JobStatus[]>;
  close(): Promise<void>;
}

export interface Job {
  name: string;
  /** `hourly`, `daily`, `weekly` or a cron expression of five fields. */
  when: string;
  run: (signal: AbortSignal) => Promise<void>;
}

export interface JobStatus {
  name: string;
  when: string;
  running: boolean;
  skipped: number;
  /** ISO 8601. */
  next?: string;
  lastStarted?: string;
  lastFinished?: string;
  lastError?: string;
}
