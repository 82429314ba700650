import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Counters } from './counters.js';

/** Time from reading a source's batch to its records being stored, by batch; shared by all that process in this process. */
const processing = new Histogram({
  name: 'product_processing_duration_seconds',
  help: 'Seconds a record took to be processed, by source',
  labelNames: ['source'],
  buckets: [0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10],
  registers: [],
});

/** Tells that `records` records of a source took `seconds` together. */
export function observeProcessing(source: string, seconds: number, records = 1): void {
  for (let i = 0; i < Math.min(records, MOST_OBSERVATIONS); i++) processing.observe({ source }, seconds / records);
}
/** A batch of a million records is as well described by a thousand observations of its mean. */
const MOST_OBSERVATIONS = 1000;

/** What the status of a processed record is made of: outcomes of steps as they are counted. */
const STATUS: [step: string, outcome: RegExp, status: string][] = [
  ['dedup', /^applied$/, 'processed'],
  ['dedup', /^withdrawn$/, 'withdrawn'],
  ['dedup', /^dropped:/, 'dropped'],
  ['ingest', /^dropped:unchanged$/, 'unchanged'],
  ['ingest', /^refused:/, 'refused'],
  ['harmonize', /^refused:/, 'refused'],
  ['dedup', /^refused:/, 'refused'],
];
const DUPLICATE = /^duplicate:(.+)$/;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/**
 * Everything /metrics shows. Counts of records are read from `Counters` when asked, so that metrics, run table and report
 * never differ. A step that finds duplicates counts them as `duplicate:<match type>`.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #searches: Histogram<'kind'>;
  readonly #cache: Counter<'result'>;

  constructor(counters: Counters) {
    const registers = [this.registry];
    // Every look at the event loop wakes the process: at the default of 10 ms a third of all wakes of a worker with nothing to do.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 100 });
    this.registry.registerMetric(processing);
    countFrom(counters, registers);
    this.#requests = new Histogram({
      name: 'assay_http_request_duration_seconds',
      help: 'Seconds a request took',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    });
    this.#searches = new Histogram({
      name: 'assay_search_duration_seconds',
      help: 'Seconds the search index took',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    });
    this.#cache = new Counter({
      name: 'assay_cache_lookups_total',
      help: 'Lookups of products: hit or miss',
      labelNames: ['result'],
      registers,
    });
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds);
  }

  /** Times a question to the search index. */
  async timeSearch<T>(kind: 'search' | 'suggest', work: () => Promise<T>): Promise<T> {
    const stop = this.#searches.startTimer({ kind });
    try {
      return await work();
    } finally {
      stop();
    }
  }

  countLookup(result: 'hit' | 'miss'): void {
    this.#cache.inc({ result });
  }
}

function countFrom(counters: Counters, registers: Registry[]): void {
  new Counter({
    name: 'products_processed_total',
    help: 'Records processed, by source and status',
    labelNames: ['source', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { step, source, outcome, count } of counters.entries()) {
        const status = STATUS.find(([of, pattern]) => of === step && pattern.test(outcome))?.[2];
        if (status) this.inc({ source, status }, count);
      }
    },
  });
  new Counter({
    name: 'duplicate_products_total',
    help: 'Matches found, counted at the sources of both records, by what decided',
    labelNames: ['source', 'match_type'],
    registers,
    collect() {
      this.reset();
      for (const { source, outcome, count } of counters.entries()) {
        const type = DUPLICATE.exec(outcome)?.[1];
        if (type) this.inc({ source, match_type: type }, count);
      }
    },
  });
  new Counter({
    name: 'assay_step_records_total',
    help: 'Records a step received, sent, refused and dropped',
    labelNames: ['step', 'source', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { step, source, outcome, count } of counters.entries()) this.inc({ step, source, outcome }, count);
    },
  });
}
