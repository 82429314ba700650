import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';

/** A process of the command line that runs until it is told to stop. */
export interface Running {
  /** Resolves once it has said that it is at work, with what it said; rejects when it ends without. */
  started: Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stderr(): string;
  kill(): void;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
}

export type Worker = Running;

/** Starts the built command line. `ready`: what it writes on stderr once it is at work; its first group is what `started` gives. */
export function startAssay(args: readonly string[], env: NodeJS.ProcessEnv, ready: RegExp): Running {
  const program = join(installationFolder(), 'test', 'support', 'assay.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const ended: Running['ended'] = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  const started = new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
      const said = ready.exec(stderr);
      if (said !== null) resolve(said[1] ?? said[0]);
    });
    child.on('close', (code, signal) => reject(new Error(`assay ${args[0]} ended with ${code ?? signal}: ${stderr}`)));
  });
  started.catch(() => undefined);
  return {
    started,
    ended,
    stderr: () => stderr,
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      return (await ended).code;
    },
  };
}

export const startWorker = (config: string, env: NodeJS.ProcessEnv, stage = 'all'): Worker =>
  startAssay(['work', '--stage', stage, '--config', config], env, /Assay works on/);

/** An API; `started` gives its address. */
export const startServing = (config: string, env: NodeJS.ProcessEnv): Running =>
  startAssay(['serve', '--config', config], env, /Assay listens on (\S+)/);
