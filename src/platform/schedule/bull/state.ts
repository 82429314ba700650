import type { Redis } from 'ioredis';
import { SCRIPTS } from './scripts.js';

/** A job that no process defined for so long is not shown any more. */
const FORGET_MS = 24 * 3_600_000;

type Commands = Record<keyof typeof SCRIPTS, (...args: (string | number)[]) => Promise<unknown>>;

/** What all processes know of a job. Times are ISO 8601. */
export interface JobState {
  name: string;
  when: string;
  running: boolean;
  skipped: number;
  started?: string;
  finished?: string;
  error?: string;
}

/** The state of the jobs in Redis, under `<namespace>:schedule:`. */
export class SharedState {
  readonly #client: Redis;
  readonly #commands: Commands;
  readonly #prefix: string;

  constructor(client: Redis, namespace: string) {
    this.#client = client;
    this.#prefix = `${namespace}:schedule`;
    for (const [name, script] of Object.entries(SCRIPTS)) client.defineCommand(name, script);
    this.#commands = client as unknown as Commands;
  }

  /** Says when a job runs from now on, in all processes. */
  async define(name: string, when: string): Promise<void> {
    await Promise.all([this.#client.hset(this.#jobs, name, when), this.#see(name)]);
  }

  /** When a job runs as all processes know it; what this process knows, if Redis has forgotten it. */
  async whenOf(name: string, own: string): Promise<string> {
    await Promise.all([this.#client.hsetnx(this.#jobs, name, own), this.#see(name)]);
    return (await this.#client.hget(this.#jobs, name)) ?? own;
  }

  async isDefined(name: string): Promise<boolean> {
    return (await this.#client.hexists(this.#jobs, name)) === 1;
  }

  /** Begins a run, or says what stands against it: the holder of another one, or that this very job has ended. */
  async begin(
    name: string,
    holder: string,
    lockMs: number,
    started: string,
  ): Promise<'begun' | 'ended' | { holder: string }> {
    const [run, state, id] = [this.#run(name), this.#state(name), jobOf(holder)];
    const other = String(await this.#commands.scheduleBegin(run, state, holder, lockMs, started, id));
    return other === '' ? 'begun' : other === '|' ? 'ended' : { holder: other };
  }

  /** Whether the run is still ours. */
  async renew(name: string, holder: string, lockMs: number): Promise<boolean> {
    return (await this.#commands.scheduleRenew(this.#run(name), holder, lockMs)) === 1;
  }

  /** Writes the end of a run, with what it threw; false when another one has begun. */
  async end(name: string, holder: string, finished: string, error: string): Promise<boolean> {
    const [run, state, id] = [this.#run(name), this.#state(name), jobOf(holder)];
    return (await this.#commands.scheduleEnd(run, state, holder, finished, error, id)) === 1;
  }

  async holder(name: string): Promise<string | undefined> {
    return (await this.#client.get(this.#run(name))) ?? undefined;
  }

  async skip(name: string): Promise<void> {
    await this.#client.hincrby(this.#state(name), 'skipped', 1);
  }

  async read(): Promise<JobState[]> {
    const [jobs, seen] = await Promise.all([this.#client.hgetall(this.#jobs), this.#client.hgetall(this.#seen)]);
    const since = Date.now() - FORGET_MS;
    const known = Object.entries(jobs).filter(([name]) => Number(seen[name] ?? 0) > since);
    return Promise.all(
      known
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(async ([name, when]) => {
          const [state, holder] = await Promise.all([this.#client.hgetall(this.#state(name)), this.holder(name)]);
          const { started, finished, error, skipped } = state;
          return {
            name,
            when,
            running: holder !== undefined,
            skipped: Number(skipped ?? 0),
            ...(started !== undefined && { started }),
            ...(finished !== undefined && { finished }),
            ...(error !== undefined && { error }),
          };
        }),
    );
  }

  get #jobs(): string {
    return `${this.#prefix}:jobs`;
  }

  get #seen(): string {
    return `${this.#prefix}:seen`;
  }

  #see(name: string): Promise<number> {
    return this.#client.hset(this.#seen, name, Date.now());
  }

  #run(name: string): string {
    return `${this.#prefix}:run:${name}`;
  }

  #state(name: string): string {
    return `${this.#prefix}:state:${name}`;
  }
}

/** The job in Bull that a holder of a run performs. */
export function jobOf(holder: string): string {
  return holder.slice(holder.indexOf('|') + 1);
}
