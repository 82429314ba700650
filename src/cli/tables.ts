import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Model } from '../dedup/index.js';
import {
  COLUMNS_HELP,
  describeColumns,
  loadCorpus,
  openTables,
  parseOverrides,
  type Resolution,
  resolveCorpus,
  type TableCorpus,
} from '../dedup/table/index.js';
import { AssayError } from '../errors.js';
import { readModel } from '../model-file.js';
import type { CommandIo } from './io.js';
import { progress } from './progress.js';

/** Options that the commands over plain CSV files share. */
export interface TableOptions {
  /** Sources that list each product once. */
  unique?: readonly string[];
  /** `--columns`, as written; several are one. */
  columns?: readonly string[];
  /** A model's file or name; default the shipped one. */
  model?: string;
}

/** Adds the shared options to a command. */
export function tableOptions(command: Command, unique: string): Command {
  const collect = (value: string, all: string[] | undefined) => [...(all ?? []), value];
  const list = (value: string, all: string[] | undefined) => [
    ...(all ?? []),
    ...value
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ];
  return command
    .option('--unique <sources>', unique, list)
    .option('--columns <assignments>', COLUMNS_HELP, collect)
    .option('--model <file>', 'model to score with: a JSON file, or the name of one in config/models');
}

export interface LoadedTables {
  model: Model;
  uniqueSources: ReadonlySet<string>;
  loaded: TableCorpus;
}

/** Opens the files, tells on stderr what their columns were taken for, and reads them into a corpus. */
export async function loadTables(
  files: readonly { source: string; name: string }[],
  options: TableOptions,
  io: CommandIo,
): Promise<LoadedTables> {
  const uniqueSources = new Set(options.unique ?? []);
  const sources = files.map(({ source }) => source);
  for (const source of uniqueSources)
    if (!sources.includes(source))
      throw new AssayError('USAGE', `--unique: there is no source "${source}"; the sources are ${sources.join(', ')}`);
  const overrides = (options.columns ?? []).flatMap(parseOverrides);
  const model = await readModel(options.model);
  const tables = openTables(
    files.map(({ source, name }) => ({ source, name, path: resolve(io.cwd, name) })),
    overrides,
  );
  for (const table of tables) io.stderr.write(`${describeColumns(table)}\n`);
  const shown = progress(io);
  const loaded = await loadCorpus(tables, model, {
    uniqueSources,
    signal: io.signal,
    progress: (records) => shown.step('reading records', records),
  });
  shown.done();
  return { model, uniqueSources, loaded };
}

/** Scores and clusters what was loaded. */
export function resolveTables({ model, uniqueSources, loaded }: LoadedTables, io: CommandIo): Resolution {
  const shown = progress(io);
  const resolution = resolveCorpus(loaded, model, {
    uniqueSources,
    progress: (done, total) => shown.step('scoring pairs', done, total),
  });
  shown.done();
  return resolution;
}

/** What a command over plain files did, for its last line and for `--json`. */
export interface TableSummary {
  records: number;
  candidatePairs: number;
  matches: number;
  review: number;
  /** Matches that clustering did not follow, by reason. */
  refused: Record<string, number>;
  clusters: number;
  /** Blocking keys that too many records share, and the records that lost one. */
  cutKeys: number;
  cutRecords: number;
  seconds: number;
}

export function summaryOf({ loaded }: LoadedTables, resolution: Resolution, started: number): TableSummary {
  const { candidates, cluster, edges, refused } = resolution;
  return {
    records: loaded.corpus.size,
    candidatePairs: candidates.pairs,
    matches: edges.match,
    review: edges.review,
    refused,
    clusters: cluster.reduce((most, number) => Math.max(most, number), -1) + 1,
    cutKeys: candidates.kinds.reduce((n, kind) => n + kind.cutKeys, 0),
    cutRecords: candidates.kinds.reduce((n, kind) => n + kind.cutRecords, 0),
    seconds: secondsSince(started),
  };
}

export function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}

export function summaryLine(summary: TableSummary): string {
  const number = (n: number) => n.toLocaleString('en');
  const refused = Object.entries(summary.refused).map(([reason, n]) => `${number(n)} ${reason.replaceAll('_', ' ')}`);
  return [
    `${number(summary.records)} records`,
    `${number(summary.candidatePairs)} candidate pairs`,
    `${number(summary.matches)} matches${refused.length > 0 ? ` (not followed: ${refused.join(', ')})` : ''}`,
    `${number(summary.review)} for review`,
    `${number(summary.clusters)} clusters`,
    `${number(summary.cutKeys)} keys cut, shared by too many records`,
    `${summary.seconds} s`,
  ].join(', ');
}
