import type { ContractConfig } from './contract.js';
import type { AssaySettings } from './settings.js';
import type { SourceConfig } from './source.js';

/** Everything that a configuration folder says, checked and complete. */
export interface Config {
  /** Absolute path of the configuration folder. */
  folder: string;
  /** Absolute path of the folder that holds it: relative paths of the files start here. */
  base: string;
  assay: AssaySettings;
  /** By name. */
  sources: SourceConfig[];
  /** By name. */
  contracts: ReadonlyMap<string, ContractConfig>;
  /** Puts `${NAME}` in place of every value that came from the environment: for whatever is printed or logged. */
  redact(text: string): string;
  /** The files' contents with defaults, and with references as written: safe to print. */
  shown: { assay: unknown; sources: Record<string, unknown>; contracts: Record<string, unknown> };
}
