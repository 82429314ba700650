import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerName, ServerSet } from '../../scripts/servers/index.mjs';
import { installationFolder } from '../../src/installation.js';
import { treeCpuSeconds } from './cpu.js';

const NAMES = ['kafka', 'postgres', 'redis', 'elasticsearch'] as const satisfies readonly ServerName[];

/** The four servers that a bench runs on. */
export interface BenchServers {
  kafka: string;
  postgres: string;
  redis: string;
  elasticsearch: string;
  /** Whose they are, for the head of the figures. */
  told: string;
  /** CPU seconds of each server since its start; empty when their process ids are not known. */
  cpu(): Partial<Record<ServerName, number>>;
  /** Ends what was started for the bench. */
  close(): Promise<void>;
}

/**
 * The servers of ASSAY_TEST_*, or a set of the bench's own: in ASSAY_SERVERS_RUN, where they stay, or in a scratch folder, where
 * they are ended and removed with the bench.
 */
export async function benchServers(): Promise<BenchServers> {
  const given = process.env.ASSAY_SERVERS_RUN;
  const named = fromEnvironment(process.env);
  const run = given ?? (named === undefined ? mkdtempSync(join(tmpdir(), 'assay-bench-servers-')) : undefined);
  const set = run === undefined ? undefined : await setIn(run);
  if (named !== undefined) {
    const known = set !== undefined && fromEnvironment(set.env())?.kafka === named.kafka;
    return { ...named, told: 'those of ASSAY_TEST_*', cpu: () => (known ? cpuOf(set) : {}), close: async () => {} };
  }
  const own = set as ServerSet;
  const close = async (): Promise<void> => {
    if (given !== undefined) return;
    await own.stop();
    rmSync(run as string, { recursive: true, force: true });
  };
  const leave = endingWith(close);
  await own.start();
  return {
    ...(fromEnvironment(own.env()) as Addresses),
    told: 'a set of its own on this machine',
    cpu: () => cpuOf(own),
    close: async () => {
      leave();
      await close();
    },
  };
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** A bench that is interrupted leaves no servers behind. Returns what ends the watch. */
function endingWith(close: () => Promise<void>): () => void {
  const ends = (Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]).map((signal) => {
    const end = (): void => void close().finally(() => process.exit(EXIT_CODES[signal]));
    process.once(signal, end);
    return () => process.off(signal, end);
  });
  return () => {
    for (const leave of ends) leave();
  };
}

type Addresses = Pick<BenchServers, 'kafka' | 'postgres' | 'redis' | 'elasticsearch'>;

function fromEnvironment(environment: NodeJS.ProcessEnv): Addresses | undefined {
  const { ASSAY_TEST_KAFKA, ASSAY_TEST_POSTGRES, ASSAY_TEST_REDIS, ASSAY_TEST_ELASTICSEARCH } = environment;
  if (!ASSAY_TEST_KAFKA || !ASSAY_TEST_POSTGRES || !ASSAY_TEST_REDIS || !ASSAY_TEST_ELASTICSEARCH) return undefined;
  return {
    kafka: ASSAY_TEST_KAFKA,
    postgres: ASSAY_TEST_POSTGRES,
    redis: ASSAY_TEST_REDIS,
    elasticsearch: ASSAY_TEST_ELASTICSEARCH,
  };
}

/** The scripts are not built: they are taken from where they are. */
async function setIn(run: string): Promise<ServerSet> {
  const file = pathToFileURL(join(installationFolder(), 'scripts', 'servers', 'index.mjs'));
  const { serverSet } = (await import(file.href)) as typeof import('../../scripts/servers/index.mjs');
  return serverSet({ run, say: (line) => console.error(line) });
}

function cpuOf(set: ServerSet): Partial<Record<ServerName, number>> {
  const found: Partial<Record<ServerName, number>> = {};
  for (const name of NAMES) {
    const pid = set.pid(name);
    if (pid !== undefined) found[name] = treeCpuSeconds(pid);
  }
  return found;
}
