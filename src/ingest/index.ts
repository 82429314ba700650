export type { Connector, Fault, Listed, PullContext, PullItem } from './connector.js';
export { connectors } from './connectors/index.js';
export { compileKey, type KeyReader } from './key.js';
export { openConnector } from './open-connector.js';
export { type PullDeps, pullSource } from './pull.js';
export type { PullNotice, PullResult } from './result.js';
export { scheduleSources } from './schedule.js';
export type { IngestSource } from './source.js';
export { compileWhere, type Where } from './where.js';
