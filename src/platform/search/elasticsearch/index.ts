export { checkElasticsearch, type ElasticsearchCheckOptions } from './check/index.js';
export { type ElasticsearchOptions, openElasticsearch } from './open.js';
export type { Rebuilt } from './rebuild.js';
export type { ElasticsearchSearch } from './search.js';
export type { IndexStatus } from './status.js';
export type { WriteCounts } from './writer.js';
