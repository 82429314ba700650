import type { ServerFinding } from '../finding.js';
import type { PostgresCheckOptions, PostgresOptions, PostgresServer } from './server/index.js';

/** As in server/; its driver is loaded where a server is used, and costs no other start. */
export async function openPostgres(options: PostgresOptions): Promise<PostgresServer> {
  return (await import('./server/index.js')).openPostgres(options);
}

export async function checkPostgres(options: PostgresCheckOptions): Promise<ServerFinding[]> {
  return (await import('./server/index.js')).checkPostgres(options);
}
