import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chunks } from '../../src/chunks.js';
import { openKafkaLog } from '../../src/platform/log/kafka/index.js';
import type { Log } from '../../src/platform/log/port.js';
import { avroCodec, namespaced, openDatabaseRegistry } from '../../src/platform/registry/index.js';
import { goldenRecords } from '../support/golden.js';
import { kill, restart } from '../support/server-control.js';
import { type ServerWorld, serverWorld } from '../support/server-world.js';
import { servers } from '../support/servers.js';
import type { SmallWorld } from '../support/small-world.js';
import { type Running, startAssay } from '../support/worker.js';
import {
  brokenHistories,
  searchedVersions,
  settled,
  storedVersions,
  substituteVersions,
  toldVersions,
} from './answers.js';
import { type Fault, type FaultCounts, faultSchedule } from './fault-schedule.js';
import { Fleet } from './fleet.js';
import { Lookers } from './lookers.js';

export interface FaultOptions {
  seed: number;
  faults: FaultCounts;
  /** Longest pause between two faults, in milliseconds. */
  pause: number;
  /** Workers at the beginning. */
  workers: number;
}

/** What there was after a day, from every place that has it. */
export interface DayAnswer {
  /** Members and values, ids aside. */
  golden: string[];
  records: number;
  /** `id version`, in order: the store's; and every other place's, by its name. */
  stored: string[];
  elsewhere: Record<string, string[]>;
  brokenHistories: string[];
}

export interface FaultOutcome {
  days: DayAnswer[];
  injected: FaultCounts;
  /** Faults while an `assay run` was under way. */
  underWay: number;
  /** Why runs ended in vain and were begun again; those that were killed are not among them. */
  failedRuns: string[];
  /** Why workers ended by themselves. */
  endedWorkers: string[];
  /** Answers of the API all the while, by status. */
  lookups: Record<string, number>;
  /** Exit codes at the end: the API's, then the workers'. */
  ends: (number | null)[];
}

/**
 * Two days of feeds on servers: workers, an API that is asked all the while, and an `assay run` a day, while the faults of
 * the seed are done to them. Nothing is compared here.
 */
export async function throughFaults(small: SmallWorld, folder: string, options: FaultOptions): Promise<FaultOutcome> {
  const world = await serverWorld(join(folder, 'servers'));
  const trial = new Trial(small, world, options);
  let done = false;
  try {
    const outcome = await trial.run();
    done = true;
    return outcome;
  } finally {
    await trial.end();
    // What went wrong first is the failure to tell; after it a server may be away.
    await world.destroy().catch((error: unknown) => {
      if (done) throw error;
    });
  }
}

class Trial {
  readonly #outcome: FaultOutcome = {
    ...{ days: [], injected: {}, underWay: 0, failedRuns: [], endedWorkers: [], lookups: {}, ends: [] },
  };
  readonly #fleet: Fleet;
  readonly #lookers: Lookers;
  readonly #outages = new Map<string, Promise<void>>();
  #running: Running | undefined;
  #log: (Log & { close(): Promise<void> }) | undefined;

  constructor(
    readonly small: SmallWorld,
    readonly world: ServerWorld,
    readonly options: FaultOptions,
  ) {
    const { workers } = options;
    this.#fleet = new Fleet(small.config, world.env, { least: Math.max(1, workers - 1), most: workers + 1 });
    this.#lookers = new Lookers(small.config, world.env);
  }

  async run(): Promise<FaultOutcome> {
    const { seed, faults, pause, workers } = this.options;
    const outcome = this.#outcome;
    await Promise.all([this.#fleet.grow(workers), this.#lookers.start()]);
    for (const [i, schedule] of faultSchedule(seed, faults, pause).entries()) {
      this.small.showDay(i === 0 ? 1 : 2);
      const pulled = this.#pull();
      for (const fault of schedule) {
        await sleep(fault.pause);
        if (this.#running !== undefined) outcome.underWay++;
        await this.#inject(fault);
      }
      await pulled;
      await Promise.all(this.#outages.values());
      outcome.days.push(await this.#answer());
    }
    outcome.ends = [await this.#lookers.stop(), ...(await this.#fleet.stop())];
    outcome.endedWorkers = this.#fleet.ended;
    outcome.lookups = this.#lookers.answers;
    return outcome;
  }

  async end(): Promise<void> {
    this.#running?.kill();
    this.#lookers.kill();
    this.#fleet.kill();
    await Promise.allSettled(this.#outages.values());
    await this.#log?.close();
  }

  /** Runs `assay run` as a user does: again, until it is done. */
  async #pull(): Promise<void> {
    for (;;) {
      const running = startAssay(['run', '--no-report', '--config', this.small.config], this.world.env, /$^/);
      this.#running = running;
      const { code, signal } = await running.ended;
      this.#running = undefined;
      if (code === 0) return;
      if (signal === null) this.#outcome.failedRuns.push(running.stderr().trim().split('\n')[0] ?? String(code));
    }
  }

  async #inject({ kind, away, lot, heirs }: Fault): Promise<void> {
    const { injected } = this.#outcome;
    injected[kind] = (injected[kind] ?? 0) + 1;
    if (kind === 'worker') return this.#fleet.replace(lot, heirs);
    if (kind === 'run') return this.#running?.kill();
    await this.#outages.get(kind);
    await kill(kind);
    const outage = sleep(away).then(() => restart(kind));
    this.#outages.set(kind, outage);
    // The search server takes its time: everything else goes on meanwhile.
    if (kind !== 'elasticsearch') await outage;
    else outage.catch(() => undefined);
  }

  async #answer(): Promise<DayAnswer> {
    const { database, env } = this.world;
    this.#log ??= await openKafkaLog({
      brokers: [servers().kafka],
      namespace: env.ASSAY_NAMESPACE!,
      codec: avroCodec(namespaced(openDatabaseRegistry(database), env.ASSAY_NAMESPACE!)),
    });
    await settled({ log: this.#log, database });
    const stored = await storedVersions(database);
    const ids = stored.map((line) => line.slice(0, line.lastIndexOf(' ')));
    this.#lookers.ids = ids;
    const [row] = await database.query<{ n: number }>('select count(*)::int as n from source_record');
    return {
      golden: await goldenRecords(database),
      records: row?.n ?? 0,
      stored,
      elsewhere: {
        'the golden topic': await toldVersions(this.#log),
        Elasticsearch: await searchedVersions(servers().elasticsearch, env.ASSAY_NAMESPACE!),
        'the index of the database': await substituteVersions(database),
        'lookups of the API': await this.#lookedUp(ids, stored),
      },
      brokenHistories: await brokenHistories(database),
    };
  }

  /** Asked again for as long as a process may trust its memory while it was not told of a change. */
  async #lookedUp(ids: readonly string[], wanted: readonly string[]): Promise<string[]> {
    for (let attempt = 0; ; attempt++) {
      const found: string[] = [];
      for (const part of chunks(ids, 20))
        found.push(...(await Promise.all(part.map((id) => this.#lookers.versionOf(id)))));
      if (attempt === 3 || found.every((line, i) => line === wanted[i])) return found;
      await sleep(5000);
    }
  }
}
