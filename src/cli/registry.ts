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
    name: 'run',
    summary: 'pull every source once, reconcile, print the report',
    load: async () => (await import('./run.js')).runCommand,
  },
  {
    name: 'backfill',
    summary: 'read sources from their beginning, whatever they say did not change',
    load: async () => (await import('./backfill.js')).backfillCommand,
  },
  {
    name: 'serve',
    summary: 'API and page; with the embedded platform also the workers and the schedule',
    load: async () => (await import('./serve.js')).serveCommand,
  },
  {
    name: 'work',
    summary: 'work on what comes in, beside any number of other workers; needs Kafka and Postgres',
    load: async () => (await import('./work.js')).workCommand,
  },
  {
    name: 'report',
    summary: 'the reconciliation report: terminal, --html, --json, --csv',
    load: async () => (await import('./report.js')).reportCommand,
  },
  {
    name: 'explain',
    summary: 'why two records are, or are not, one product',
    load: async () => (await import('./explain.js')).explainCommand,
  },
  {
    name: 'replay',
    summary: "read the log again with today's mappings, and show what would change",
    load: async () => (await import('./replay.js')).replayCommand,
  },
  {
    name: 'dead-letters',
    summary: 'list, show, retry or drop the records that could not be used',
    load: async () => (await import('./dead-letters.js')).deadLettersCommand,
  },
  {
    name: 'models',
    summary: 'list the models, refresh the corpus snapshot',
    load: async () => (await import('./models.js')).modelsCommand,
  },
  {
    name: 'export',
    summary: 'crosswalk, golden records, edges or history as CSV or JSON Lines',
    load: async () => (await import('./export.js')).exportCommand,
  },
  {
    name: 'source',
    summary: 'check the sources, preview one, draft one from a sample feed',
    load: async () => (await import('./source.js')).sourceCommand,
  },
  {
    name: 'contracts',
    summary: 'list the versions of the contracts, check the files against them, show one',
    load: async () => (await import('./contracts.js')).contractsCommand,
  },
  {
    name: 'config',
    summary: 'show or describe the configuration',
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
  {
    name: 'forget',
    summary: 'remove a record for good, and resolve its cluster again',
    load: async () => (await import('./forget.js')).forgetCommand,
  },
  {
    name: 'search-index',
    summary: "the search server's index: its state; build it anew from the golden records",
    load: async () => (await import('./search-index.js')).searchIndexCommand,
  },
  {
    name: 'doctor',
    summary: 'check configuration, data directory, log, database and servers, and say what to do',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
];
