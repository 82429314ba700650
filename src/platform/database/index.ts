export { type EmbeddedDatabase, openEmbeddedDatabase } from './embedded.js';
export { migrationFinding } from './migration-state.js';
export { type Migration, readMigrations, runMigrations } from './migrations.js';
export type * from './port.js';
export { checkPostgres, openPostgres } from './postgres.js';
export { openRemoteDatabase } from './remote.js';
export type { PostgresCheckOptions, PostgresOptions, PostgresServer } from './server/index.js';
