import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv } from '../../src/dedup/table/index.js';
import { generateFeeds } from '../measure/feeds.js';
import { stopwatch } from '../measure/figures.js';
import { type LabelledSet, Numbering, recordsOfCsv } from '../sets/set.js';

const SOURCES = ['source_a', 'source_b', 'source_c'];

/** Runs a Python program of the bench folder; undefined when it cannot. */
function python(bench: string, args: readonly string[]): string | undefined {
  const done = spawnSync('python3', [...args], { cwd: bench, encoding: 'utf8', maxBuffer: 1 << 26 });
  return done.status === 0 ? done.stdout : undefined;
}

export interface Workload {
  folder: string;
  set: LabelledSet;
  /** CPU seconds of reading the files. */
  readSeconds: number;
}

/** Generates the synthetic workload into a temporary folder; a text says why it could not. */
export function generateWorkload(bench: string, records: number): Workload | string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-matching-'));
  const missing = generateFeeds(folder, records, bench);
  if (missing !== undefined) {
    rmSync(folder, { recursive: true, force: true });
    return missing;
  }
  const watch = stopwatch();
  const rows = SOURCES.flatMap((source) => recordsOfCsv(join(folder, `${source}.csv`), source));
  const readSeconds = watch().cpu;
  const numbers = new Numbering();
  const entityOf = new Map<string, number>();
  for (const { cells } of readCsv(join(folder, 'truth.csv')))
    entityOf.set(`${cells.source}/${cells.id}`, numbers.of(cells.entity_id as string));
  const clusters = Int32Array.from(rows, ({ source, id }) => entityOf.get(`${source}/${id}`) ?? -1);
  return {
    folder,
    set: { name: 'workload', records: rows, unique: new Set(), clusters },
    readSeconds,
  };
}

export interface PeerFigures {
  seconds: number;
  f1: number;
  bcubed: number;
}

/** Splink with the expert configuration on the same files, undefined when Python cannot import it. */
export function runSplink(bench: string, folder: string): PeerFigures | undefined {
  const out = join(folder, 'splink');
  if (python(bench, ['-c', 'import splink']) === undefined) return undefined;
  if (python(bench, ['peer_splink.py', folder, out, '--config', 'expert']) === undefined) return undefined;
  const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as {
    cpu_s: number;
    eval: { f1: number; bcubed_f1: number };
  };
  return { seconds: run.cpu_s, f1: run.eval.f1, bcubed: run.eval.bcubed_f1 };
}
