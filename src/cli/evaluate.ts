import { resolve } from 'node:path';
import Table from 'cli-table3';
import {
  type ClusterQuality,
  clusterQuality,
  type Quality,
  type ScoreQuality,
  scoreQuality,
} from '../dedup/evaluation/index.js';
import { readCsv } from '../dedup/table/index.js';
import { AssayError } from '../errors.js';
import { type CommandIo, type CommandModule, globalOptions, writeJson, writeLine } from './io.js';

export interface ClusterEvaluation extends ClusterQuality {
  /** Records of the truth that no cluster holds: counted as clusters of their own. */
  missingRecords: number;
  /** Clustered records that the truth does not know: not counted. */
  unknownRecords: number;
  /** `id` where the sources of the two files have other names and ids alone were compared. */
  comparedBy: 'source and id' | 'id';
}

export interface ScoreEvaluation extends ScoreQuality {
  /** Labelled pairs without a score: counted as probability 0, no match. */
  missingPairs: number;
}

interface Labelled {
  labels: string[];
  numbers: Map<string, number>;
  ids: Map<string, number>;
}

/** Compares `source,id,cluster_id` with `source,id,entity_id` (or a `cluster_id` there too). */
export function evaluateClusters(files: { clusters: string; truth: string }, cwd: string): ClusterEvaluation {
  const clusters = readLabels(files.clusters, cwd, ['cluster_id', 'golden_id']);
  const truth = readLabels(files.truth, cwd, ['entity_id', 'cluster_id', 'golden_id']);
  const shared = [...truth.numbers.keys()].some((key) => clusters.numbers.has(key));
  const uniqueIds = clusters.ids.size === clusters.labels.length && truth.ids.size === truth.labels.length;
  const byId = !shared && uniqueIds;
  const [there, here] = byId ? [truth.ids, clusters.ids] : [truth.numbers, clusters.numbers];
  const actual = new Numbering();
  const predicted = new Numbering();
  const actualLabels: number[] = [];
  const predictedLabels: number[] = [];
  let missingRecords = 0;
  for (const [key, at] of there) {
    actualLabels.push(actual.of(truth.labels[at]!));
    const found = here.get(key);
    if (found === undefined) missingRecords++;
    predictedLabels.push(found === undefined ? predicted.fresh() : predicted.of(clusters.labels[found]!));
  }
  return {
    ...clusterQuality(Int32Array.from(predictedLabels), Int32Array.from(actualLabels)),
    missingRecords,
    unknownRecords: clusters.labels.length - (actualLabels.length - missingRecords),
    comparedBy: byId ? 'id' : 'source and id',
  };
}

class Numbering {
  readonly #numbers = new Map<string, number>();
  #next = 0;

  of(label: string): number {
    const known = this.#numbers.get(label);
    if (known !== undefined) return known;
    this.#numbers.set(label, this.#next);
    return this.#next++;
  }

  fresh(): number {
    return this.#next++;
  }
}

function readLabels(file: string, cwd: string, names: readonly string[]): Labelled {
  const result: Labelled = { labels: [], numbers: new Map(), ids: new Map() };
  for (const { origin, cells } of readCsv(resolve(cwd, file), file)) {
    const id = cells.id ?? cells.source_id;
    const label = names.map((name) => cells[name]).find((value) => value !== undefined);
    if (id === undefined || label === undefined)
      throw new AssayError('INPUT_INVALID', `${origin}: needs the columns id and ${names.join(' or ')}`);
    const key = `${cells.source ?? ''}\u001f${id}`;
    if (result.numbers.has(key)) throw new AssayError('INPUT_INVALID', `${origin}: the record "${id}" is listed twice`);
    result.numbers.set(key, result.labels.length);
    result.ids.set(id, result.labels.length);
    result.labels.push(label);
  }
  return result;
}

/** Compares what `score-pairs` wrote with `ltable_id,rtable_id,label`. */
export function evaluateScores(files: { scores: string; labels: string }, cwd: string): ScoreEvaluation {
  const scores = new Map<string, { probability: number; matched: boolean }>();
  for (const { origin, cells } of readCsv(resolve(cwd, files.scores), files.scores)) {
    const probability = Number(cells.probability);
    if (cells.probability === undefined || Number.isNaN(probability))
      throw new AssayError('INPUT_INVALID', `${origin}: the probability is not a number`);
    scores.set(pairKey(cells, origin), { probability, matched: cells.match === '1' });
  }
  let missingPairs = 0;
  const labelled: Parameters<typeof scoreQuality>[0][number][] = [];
  for (const { origin, cells } of readCsv(resolve(cwd, files.labels), files.labels)) {
    if (cells.label !== '0' && cells.label !== '1')
      throw new AssayError('INPUT_INVALID', `${origin}: the label is "${cells.label ?? ''}", not 0 or 1`);
    const score = scores.get(pairKey(cells, origin));
    if (score === undefined) missingPairs++;
    labelled.push({ probability: 0, matched: false, ...score, positive: cells.label === '1' });
  }
  return { ...scoreQuality(labelled), missingPairs };
}

function pairKey(cells: Readonly<Record<string, string>>, origin: string): string {
  const left = cells.ltable_id ?? cells.left_id;
  const right = cells.rtable_id ?? cells.right_id;
  if (left === undefined || right === undefined)
    throw new AssayError('INPUT_INVALID', `${origin}: needs the columns ltable_id and rtable_id`);
  return `${left}\u001f${right}`;
}

function qualityTable(rows: readonly (readonly [string, Quality])[]): string {
  const table = new Table({ head: ['', 'precision', 'recall', 'F1'], style: { head: [], border: [] } });
  for (const [name, { precision, recall, f1 }] of rows)
    table.push([name, ...[precision, recall, f1].map((value) => value.toFixed(4))]);
  return table.toString();
}

export function clusterText(result: ClusterEvaluation): string {
  const { pairs } = result;
  return [
    qualityTable([
      ['pairwise', result.pairwise],
      ['B-cubed', result.bcubed],
      ['exact clusters', result.exact],
      ['exact clusters of 2 or more', result.exactLarger],
    ]),
    `${result.records} records by ${result.comparedBy}: ${result.clusters} clusters (largest ${result.largestCluster}), ${result.entities} entities`,
    `${pairs.predicted} pairs in clusters, ${pairs.actual} in entities, ${pairs.correct} in both`,
    `${result.missingRecords} records of the truth are in no cluster, ${result.unknownRecords} clustered records are not in the truth`,
  ].join('\n');
}

export function scoreText(result: ScoreEvaluation): string {
  return [
    qualityTable([
      ['by the match column', result.asMatched],
      [`best threshold ${result.best.threshold.toFixed(4)}`, result.best],
    ]),
    `average precision ${result.averagePrecision.toFixed(4)}, ${result.pairs} pairs, ${result.positives} positive, ${result.missingPairs} without a score`,
  ].join('\n');
}

interface EvaluateOptions {
  clusters?: string;
  truth?: string;
  scores?: string;
  labels?: string;
}

export const evaluateCommand: CommandModule = (program, io: CommandIo) => {
  program
    .command('evaluate')
    .description('measure clusters or pair scores against labels')
    .option('--clusters <file>', 'source,id,cluster_id, as `assay dedupe` writes it')
    .option('--truth <file>', 'source,id,entity_id')
    .option('--scores <file>', 'ltable_id,rtable_id,probability,match, as `assay score-pairs` writes it')
    .option('--labels <file>', 'ltable_id,rtable_id,label (0 or 1)')
    .action((options: EvaluateOptions, self) => {
      const { clusters, truth, scores, labels } = options;
      const { json } = globalOptions(self);
      if (clusters !== undefined && truth !== undefined && scores === undefined && labels === undefined) {
        const result = evaluateClusters({ clusters, truth }, io.cwd);
        if (json) writeJson(io, result);
        else writeLine(io, clusterText(result));
      } else if (scores !== undefined && labels !== undefined && clusters === undefined && truth === undefined) {
        const result = evaluateScores({ scores, labels }, io.cwd);
        if (json) writeJson(io, result);
        else writeLine(io, scoreText(result));
      } else throw new AssayError('USAGE', 'evaluate takes --clusters with --truth, or --scores with --labels');
    });
};
