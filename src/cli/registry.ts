import type { CommandModule } from './io.js';

export interface CommandEntry {
  name: string;
  summary: string;
  /** Loaded on use, so that a command does not pay for the others' libraries. */
  load: () => Promise<CommandModule>;
}

/** Every command, in the order of `assay --help`. A new command is one file and one line here. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'config',
    summary: 'check, show or describe the configuration',
    load: async () => (await import('./config.js')).configCommand,
  },
  {
    name: 'evaluate',
    summary: 'measure clusters or pair scores against labels',
    load: async () => (await import('./evaluate.js')).evaluateCommand,
  },
  {
    name: 'score-pairs',
    summary: 'give the match probability of pairs of two plain CSV files, without a store',
    load: async () => (await import('./score-pairs.js')).scorePairsCommand,
  },
  {
    name: 'link',
    summary: 'find the matches between two plain CSV files, without a store',
    load: async () => (await import('./link.js')).linkCommand,
  },
  {
    name: 'dedupe',
    summary: 'cluster the records of plain CSV files, without a store',
    load: async () => (await import('./dedupe.js')).dedupeCommand,
  },
];
