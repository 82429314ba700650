import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';

/** An `assay work` process. */
export interface Worker {
  /** Resolves once it works. */
  started: Promise<void>;
  kill(): void;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
}

export function startWorker(config: string, env: NodeJS.ProcessEnv, stage = 'all'): Worker {
  const program = join(installationFolder(), 'test', 'support', 'assay.mjs');
  const child: ChildProcess = spawn(process.execPath, [program, 'work', '--stage', stage, '--config', config], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const started = new Promise<void>((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      stderr += String(chunk);
      if (stderr.includes('Assay works on')) resolve();
    });
    child.on('close', (code, signal) => reject(new Error(`the worker ended with ${code ?? signal}: ${stderr}`)));
  });
  started.catch(() => undefined);
  return {
    started,
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
