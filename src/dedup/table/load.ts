import { setImmediate } from 'node:timers/promises';
import { type ClusterNode, clusterNode } from '../cluster/index.js';
import { Corpus } from '../corpus.js';
import type { Model } from '../model/index.js';
import type { Table } from './table.js';

/** The records of several tables as one corpus. Records are numbered table by table, in the order of the files. */
export interface TableCorpus {
  corpus: Corpus;
  tables: readonly Table[];
  /** Number of each table's first record; the last entry is the number of records. */
  starts: readonly number[];
  idOf(record: number): string;
  nodeOf(record: number): ClusterNode;
}

/** Records between two looks at the signal. */
const PORTION = 2048;

/** Reads the tables whole. The corpus takes its own snapshot, so that every record weighs in. */
export async function loadCorpus(
  tables: readonly Table[],
  model: Model,
  options: { uniqueSources: ReadonlySet<string>; signal: AbortSignal; progress?: (records: number) => void },
): Promise<TableCorpus> {
  const corpus = new Corpus(model, null, { uniqueSources: options.uniqueSources });
  const starts = [0];
  const gtins: (readonly string[])[] = [];
  const codes: (readonly string[])[] = [];
  for (const table of tables) {
    for (const record of table.records()) {
      const number = corpus.add(record);
      const node = clusterNode(record);
      gtins.push(node.gtins);
      codes.push(node.codes);
      if (number % PORTION !== 0) continue;
      options.progress?.(number);
      await setImmediate();
      options.signal.throwIfAborted();
    }
    starts.push(corpus.size);
  }
  options.progress?.(corpus.size);
  corpus.freeze();
  const sourceOf = (record: number) => corpus.sources[corpus.sourceOf.data[record]!]!;
  return {
    corpus,
    tables,
    starts,
    idOf: (record) => corpus.keys[record]!.slice(sourceOf(record).length + 1),
    nodeOf: (record) => ({
      key: corpus.keys[record]!,
      source: sourceOf(record),
      gtins: gtins[record]!,
      codes: codes[record]!,
      variants: NO_VARIANTS,
    }),
  };
}

/** No column of a plain table is known to tell products apart by itself. */
const NO_VARIANTS = {};
