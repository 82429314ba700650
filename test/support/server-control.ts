import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerName, type ServerSet, serverSet } from '../../scripts/servers/index.mjs';

export type { ServerName, ServerSet };

/**
 * The servers that `npm test` started for this run. Suites run one after the other, so one may kill them, as long as it leaves
 * them serving.
 * @throws when the servers are somebody else's (ASSAY_TEST_* without ASSAY_SERVERS_RUN): those are not ours to kill.
 */
export function sharedServers(): ServerSet {
  const run = process.env.ASSAY_SERVERS_RUN;
  if (!run)
    throw new Error('the servers are not of this run: run this suite by `npm test -- <file>`, or use ownServers');
  return serverSet({ run });
}

/** SIGKILL for the server's own process and its children; returns when they are gone. */
export const kill = (name: ServerName): Promise<void> => sharedServers().kill(name);

/** On the same port and data; returns when it serves. */
export const restart = (name: ServerName): Promise<void> => sharedServers().restart(name);

/** Returns when the server serves. */
export const waitHealthy = (name: ServerName): Promise<void> => sharedServers().waitHealthy(name);

/** Of the server itself, undefined when it does not run. */
export const pid = (name: ServerName): number | undefined => sharedServers().pid(name);

/** Addresses by the names of the variables that carry them (ASSAY_TEST_KAFKA …). */
export type ServerAddresses = Record<string, string>;

export interface OwnServers {
  set: ServerSet;
  env: ServerAddresses;
  /** Ends them and removes their data. */
  close(): Promise<void>;
}

/** Starts some servers for this suite alone, beside any others: empty, on ports of their own. */
export async function ownServers(
  names: readonly ServerName[],
  options: { fsync?: boolean; appendonly?: boolean } = {},
): Promise<OwnServers> {
  const run = realpathSync(mkdtempSync(join(tmpdir(), 'assay-servers-')));
  const set = serverSet({ run });
  const close = async () => {
    await set.stop();
    rmSync(run, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await set.start(names, options);
  } catch (error) {
    await close();
    throw error;
  }
  return { set, env: set.env(), close };
}
