import type { Database } from '../../../src/platform/database/port.js';
import type { MeasuredRun } from '../../measure/run.js';

/** One real data set: how it is run, and what its golden records are held against. */
export interface RealSet {
  name: string;
  /** Folder of the data set below ASSAY_DATA. */
  folder: string;
  /** Whether the shipped model has seen it: without that no figure can be read. */
  training: string;
  measure(bench: SetBench): Promise<void>;
}

/** What a set measures with. */
export interface SetBench {
  /** The data set's folder. */
  folder: string;
  /** `assay run --config bench/real/<name>` over the set's own fresh data folder; prints what it cost. */
  run(name: string): Promise<MeasuredRun>;
  /** Reads the store that the runs left. */
  read<T>(look: (database: Database) => Promise<T>): Promise<T>;
  print(line: string): void;
}
