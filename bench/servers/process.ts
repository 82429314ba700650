import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';
import { cpuSecondsOf, peakMegabytesOf, readySecondsOf } from './cpu.js';

/** A process of the built command line that goes on until it is stopped. */
export interface BenchProcess {
  name: string;
  pid: number;
  /** What it answers on; known once it has started. */
  address: string;
  /** CPU seconds so far. */
  cpu(): number;
  /** Seconds so far in which it ran or waited for a core. */
  ready(): number;
  /** Most memory so far, in MB. */
  peak(): number;
  /** Ends it in order. @throws Error when it did not end well. */
  stop(): Promise<void>;
}

/** Runs a command to its end. @throws Error with what it wrote when it fails. */
export async function runAssay(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = launch(args, env);
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stdout!.resume();
  const code = await ended(child);
  if (code !== 0) throw new Error(`assay ${args.join(' ')} ended with ${code}: ${said}`);
}

/** Starts `assay work` or `assay serve`, and waits until it says where it answers. */
export async function startAssay(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<BenchProcess> {
  const child = launch(args, env, flags);
  const over = ended(child);
  child.stdout!.resume();
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-20_000);
      const found = /Assay (?:listens|works) on .*?(http:\/\/[^\s/]+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    over.then((code) => reject(new Error(`assay ${args.join(' ')} ended with ${code}: ${said}`)), reject);
  });
  const pid = child.pid as number;
  return {
    name,
    pid,
    address,
    cpu: () => cpuSecondsOf(pid),
    ready: () => readySecondsOf(pid),
    peak: () => peakMegabytesOf(pid),
    stop: async () => {
      child.kill('SIGTERM');
      const code = await over;
      if (code !== 0) throw new Error(`${name} ended with ${code}: ${said}`);
    },
  };
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv, flags: readonly string[] = []): ChildProcess {
  const program = join(installationFolder(), 'bin', 'run.mjs');
  const child = spawn(process.execPath, [...flags, program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A bench that fails leaves nothing behind.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('close', () => process.off('exit', kill));
  return child;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
