export type { Config } from './config.js';
export type { ContractConfig } from './contract.js';
export { loadConfig } from './load.js';
export { type Mistake, mistakeText } from './mistakes.js';
export type { AssaySettings } from './settings.js';
export type { SourceConfig } from './source.js';
export { didYouMean, nearest } from './suggest.js';
