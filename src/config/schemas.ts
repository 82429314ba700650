import type { TSchema } from '@sinclair/typebox';
import { contractSchema } from './contract.js';
import { settingsSchema } from './settings.js';
import { sourceSchema } from './source.js';

/** The whole schema of each kind of file, composed from the registries; also for docs and editors. */
export const settingsFile: TSchema = settingsSchema;
export const sourceFile: TSchema = sourceSchema;
export const contractFile: TSchema = contractSchema;

/** The schema that fits one source file: the options of its own connector. */
export function sourceFileFor(_value: unknown): TSchema {
  return sourceFile;
}
