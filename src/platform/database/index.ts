export { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded.js';
export { type Migration, readMigrations, runMigrations } from './migrations.js';
export type * from './port.js';
export { openRemoteDatabase } from './remote.js';
export type { PostgresOptions, PostgresServer } from './server/index.js';
