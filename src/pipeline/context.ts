import type { Logger } from 'pino';
import type { Config } from '../config/index.js';
import type { Model } from '../dedup/index.js';
import type { Counters } from '../observe/counters.js';
import type { Platform } from '../platform/index.js';
import type { Notices } from './notices.js';

/** What every step of a run works with. */
export interface PipelineContext {
  config: Config;
  platform: Platform;
  counters: Counters;
  logger: Logger;
  model: Model;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  /** Told what is going on, for people who wait. */
  progress: (step: string, done: number, total?: number) => void;
}

/** A run under way, with what it has to say besides counts. */
export interface RunContext extends PipelineContext {
  runId: number;
  notices: Notices;
  /** Go on with what comes in until the signal, instead of ending where the log ends now. */
  follow?: boolean;
}

export const TOPICS = { raw: 'raw', canonical: 'canonical', deadLetter: 'dead-letter', golden: 'golden' } as const;

export function uniqueSources(config: Config): ReadonlySet<string> {
  return new Set(config.sources.filter((source) => source.unique).map((source) => source.name));
}

/** The thresholds in force: the configuration's where it gives them, else the model's. */
export function thresholdsOf({ config, model }: { config: Config; model: Model }): { match: number; review: number } {
  const match = config.assay.matching.matchThreshold ?? model.thresholds.match;
  const review = config.assay.matching.reviewThreshold ?? model.thresholds.review;
  return { match, review: Math.min(review, match) };
}
