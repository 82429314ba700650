export { checkPostgres, type PostgresCheckOptions } from './check.js';
export { openPostgres, type PostgresOptions, type PostgresServer } from './open.js';
