import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** In the order in which they are told and started. */
export const SERVER_NAMES = /** @type {const} */ (['kafka', 'postgres', 'redis', 'elasticsearch']);

/**
 * The folder that programs are installed into, shared by all checkouts and runs.
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function cacheFolder(environment = process.env) {
  return resolve(environment.ASSAY_SERVERS_CACHE || join(homedir(), '.cache', 'assay', 'servers'));
}

/**
 * The folder of one set of servers: their data, logs, process ids and ports. Another folder is another set.
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function runFolder(environment = process.env) {
  return resolve(environment.ASSAY_SERVERS_RUN || join(cacheFolder(environment), 'run'));
}
