import { elasticsearch } from './elasticsearch.mjs';
import { kafka } from './kafka.mjs';
import { postgres } from './postgres.mjs';
import { redis } from './redis.mjs';

/**
 * Where a server of a set lives.
 * @typedef {{
 *   cache: string, folder: string, settings: import('./settings.mjs').Settings, signal?: AbortSignal | undefined
 * }} Place
 */

/**
 * One kind of server: how it is got, started and asked.
 * @typedef {{
 *   name: import('./index.d.mts').ServerName,
 *   version: string,
 *   ports: readonly string[],
 *   pidFiles: readonly string[],
 *   politely: NodeJS.Signals,
 *   address: (settings: import('./settings.mjs').Settings) => string,
 *   home: (cache: string) => string,
 *   install: (cache: string, signal?: AbortSignal) => Promise<boolean>,
 *   launch: (place: Place) => Promise<void>,
 *   healthy: (settings: import('./settings.mjs').Settings) => Promise<boolean>,
 * }} Server
 *
 * `ports`: the first is what clients use. `pidFiles`, in the server's folder: the first is the server, others helped to start it.
 * `launch` returns when the process runs, `healthy` is true when it serves.
 */

/** @type {Readonly<Record<import('./index.d.mts').ServerName, Server>>} */
export const SERVERS = { kafka, postgres, redis, elasticsearch };
