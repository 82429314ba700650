import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/index.js';
import { AssayError, messageOf } from '../errors.js';
import { FingerprintTable, readFingerprints } from '../ingest/fingerprints/index.js';
import {
  checkLog,
  databaseFolder,
  lives,
  logFolder,
  migrationFinding,
  openPlatform,
  type Platform,
  readHolder,
} from '../platform/index.js';

/** What one check found. `advice` says what to do about anything that is not ok. */
export interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'wrong';
  message: string;
  advice?: string;
}

type Outcome = Omit<Finding, 'check'>;
const ok = (message: string): Outcome => ({ state: 'ok', message });
const warning = (message: string, advice: string): Outcome => ({ state: 'warning', message, advice });
const wrong = (message: string, advice: string): Outcome => ({ state: 'wrong', message, advice });

const GIB = 2 ** 30;
const OLDEST_NODE = [20, 15] as const;

export function checkNode(version: string): Outcome {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return old ? wrong(`Node ${version}`, `Install Node ${OLDEST_NODE.join('.')} or newer.`) : ok(`Node ${version}`);
}

export function checkDataDir(dataDir: string): Outcome {
  try {
    if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
      return wrong(`${dataDir} is not a folder`, 'Remove it, or set ASSAY_DATA_DIR to another place.');
    accessSync(nearest(dataDir), constants.W_OK);
  } catch (error) {
    return wrong(
      `${dataDir} cannot be written: ${messageOf(error)}`,
      'Give this user the right, or set ASSAY_DATA_DIR.',
    );
  }
  return ok(existsSync(dataDir) ? `${dataDir} can be written` : `${dataDir} will be made by the first run`);
}

export async function checkLock(dataDir: string): Promise<Outcome> {
  const holder = readHolder(dataDir);
  if (holder === undefined) return ok('nobody uses the data directory');
  if (await lives(holder)) return ok(`process ${holder.pid} (${holder.command}) uses it, since ${holder.since}`);
  return warning(
    `process ${holder.pid} (${holder.command}) ended without closing it`,
    'Nothing: the next start recovers it.',
  );
}

export function checkDisk(dataDir: string): Outcome {
  const { bavail, bsize } = statfsSync(nearest(dataDir));
  const free = bavail * bsize;
  const shown = `${(free / GIB).toFixed(1)} GiB free`;
  const advice = 'Free space on the disk of the data directory: a run stops when it is full.';
  if (free < GIB / 8) return wrong(shown, advice);
  return free < GIB ? warning(shown, advice) : ok(shown);
}

export async function checkMessages(dataDir: string): Promise<Outcome> {
  const holder = readHolder(dataDir);
  const live = holder !== undefined && (await lives(holder));
  const { topics, segments, messages, bytes, damage, torn } = await checkLog(logFolder(dataDir), live);
  if (damage.length > 0)
    return wrong(
      damage.join('\n'),
      `Put the named files back from a backup. Without one, stop Assay, move ${logFolder(dataDir)} away together with ` +
        `${databaseFolder(dataDir)} and ${join(dataDir, 'fingerprints')}, and run again: everything is pulled anew.`,
    );
  if (torn.length > 0)
    return warning(
      `half-written: ${torn.join('\n')}`,
      'Nothing: the next start cuts it off, and nothing acknowledged is in it.',
    );
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return ok(`${messages} messages of ${topics} topics in ${segments} segments, ${size}, all checksums right`);
}

export async function checkDatabase(config: Config): Promise<Outcome> {
  if (!existsSync(databaseFolder(config.assay.dataDir))) return ok('will be made by the first run');
  let platform: Platform;
  try {
    platform = await openPlatform(config, { readOnly: true });
  } catch (error) {
    return wrong(
      `cannot be opened: ${messageOf(error)}`,
      error instanceof AssayError ? error.hint : 'See the message.',
    );
  }
  try {
    return await checkSchema(platform);
  } finally {
    await platform.close();
  }
}

async function checkSchema({ database }: Platform): Promise<Outcome> {
  const [server] = await database.query<{ version: string }>("select current_setting('server_version') as version");
  const extensions = await database.query<{ name: string; version: string }>(
    "select extname as name, extversion as version from pg_extension where extname <> 'plpgsql' order by 1",
  );
  const { state, message, advice } = await migrationFinding(database);
  if (state === 'wrong') return { state, message, ...(advice === undefined ? {} : { advice }) };
  const versions = [`Postgres ${server?.version}`, ...extensions.map(({ name, version }) => `${name} ${version}`)].join(
    ', ',
  );
  if (state === 'warning') return warning(`${versions}; ${message}`, advice ?? '');
  const missing = ['vector', 'pg_trgm'].filter((name) => !extensions.some((extension) => extension.name === name));
  if (missing.length > 0)
    return wrong(`${versions}; missing: ${missing.join(', ')}`, `Run: create extension ${missing.join(', ')}`);
  return ok(`${versions}; ${message}`);
}

export async function checkFingerprints(dataDir: string): Promise<Outcome> {
  const folder = join(dataDir, 'fingerprints');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bin')) : [];
  const damaged: string[] = [];
  for (const name of files)
    if ((await readFingerprints(join(folder, name), new FingerprintTable())) === 'damaged') damaged.push(name);
  if (damaged.length === 0) return ok(`${files.length} files`);
  return warning(`damaged: ${damaged.join(', ')}`, 'Nothing: the next pull makes them again from the log.');
}

/** The folder itself or, while it is not there, the nearest one above it that is. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
