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
];
