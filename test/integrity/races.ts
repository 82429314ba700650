import { openPostgres, runMigrations } from '../../src/platform/database/index.js';
import type { Database } from '../../src/platform/database/port.js';
import type { RecordKey } from '../../src/records.js';
import { hesitant } from '../properties/hesitant.js';
import { StreamWorker } from '../properties/same-answer-fleet.js';
import { catalogue } from '../support/catalogue.js';
import { Reconciler, testModel } from '../support/reconcile.js';
import { seeded } from '../support/seeded.js';
import { freshDatabase } from '../support/servers.js';
import { Meeting, meeting } from './meeting.js';
import type { Stage } from './overtaking.js';
import { type Race, raceFor } from './race-listings.js';

export interface RaceOptions {
  seed: number;
  races: number;
  /** Races of one pair of transactions. */
  together: number;
}

export interface RaceOutcome {
  /** By kind. Every one of them had its two listings written, by two connections, before either was committed. */
  races: Record<Race['kind'], number>;
  /** Those that did not end in one golden record, and what they ended in. */
  wrong: string[];
  /** Golden records of the store, and how many there have to be. */
  golden: { found: number; wanted: number };
  /** Rounds in which one worker was overtaken by the other between reading and writing. */
  overtaken: number;
}

const model = testModel();

/**
 * Two workers, each with connections and a partition of the log of its own, are given two listings of one product at the same
 * moment, and work until nothing is left to do.
 */
export async function raceAll({ seed, races, together }: RaceOptions): Promise<RaceOutcome> {
  const { url, drop } = await freshDatabase();
  const opened: Database[] = [];
  const connect = async (poolSize: number): Promise<Database> => {
    const database = await openPostgres({ url, poolSize });
    opened.push(database);
    return database;
  };
  try {
    const database = await connect(2);
    await runMigrations(database);
    const reconciler = new Reconciler(database, model);
    await reconciler.apply(catalogue(seed).base);
    await reconciler.reconcile('streaming', 200);
    const already = await countGolden(database);
    const meet = new Meeting();
    const workers = [await connect(3), await connect(3)].map(
      (own, i) =>
        new StreamWorker(hesitant(meeting(own, i, meet, seeded(seed * 10 + i)), seed * 100 + i, 0.04, 12), {
          ...{ model, unique: new Set<string>(), partition: i + 1, seed: seed * 1000 + i, batch: 20 },
          whole: true,
        }),
    ) as [StreamWorker, StreamWorker];

    const outcome: RaceOutcome = {
      races: { 'both new': 0, 'joining a third': 0, 'becoming one': 0 },
      wrong: [],
      golden: { found: 0, wanted: already + races },
      overtaken: 0,
    };
    for (let from = 0; from < races; from += together) {
      const round = Array.from({ length: Math.min(together, races - from) }, (_, i) => raceFor(from + i, seed));
      await workers[0].work(round.flatMap(({ before }) => before));
      meet.arrange(orderOf(from / together));
      await Promise.all([
        workers[0].work(round.map(({ left }) => left)),
        workers[1].work(round.map(({ right }) => right)),
      ]);
      // A worker that found nothing left may have ended before the other was done with what it was at.
      await workers[0].work([]);
      if (!meet.took) throw new Error('the two workers did not meet');
      for (const { kind } of round) outcome.races[kind]++;
      outcome.wrong.push(...(await wrongOf(database, round)));
    }
    outcome.golden.found = await countGolden(database);
    outcome.overtaken = meet.overtaken;
    return outcome;
  } finally {
    for (const one of opened) await one.close();
    await drop();
  }
}

/** A third of the rounds as it comes; in the others one overtakes the other, in turns. */
function orderOf(round: number): { early: number; stage: Stage } | undefined {
  if (round % 3 === 0) return undefined;
  return { early: round % 2, stage: round % 3 === 1 ? 'score' : 'resolve' };
}

async function wrongOf(database: Database, round: readonly Race[]): Promise<string[]> {
  const rows = await database.query<{ source: string; source_id: string; members: RecordKey[] | null }>(
    `select r.source, r.source_id, g.members from source_record r left join golden_record g using (golden_id)
     where r.source_id = any($1::text[])`,
    [round.map(({ left }) => left.id)],
  );
  const found = new Map(rows.map(({ source, source_id, members }) => [`${source}/${source_id}`, members]));
  return round.flatMap(({ kind, members }) => {
    const ends = members.map((name) => namesOf(found.get(name) ?? []));
    return ends.every((end) => end === members.join(' '))
      ? []
      : [`${kind}, ${members.join(' ')}: ${ends.map((end) => end || 'none').join('; ')}`];
  });
}

const namesOf = (members: readonly RecordKey[]): string =>
  members
    .map(({ source, sourceId }) => `${source}/${sourceId}`)
    .sort()
    .join(' ');

async function countGolden(database: Database): Promise<number> {
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from golden_record');
  return row?.n ?? 0;
}
