export { openPostgres, type PostgresOptions, type PostgresServer } from './open.js';
