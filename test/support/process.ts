import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installationFolder } from '../../src/installation.js';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  milliseconds: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line in a process of its own, and kills it (SIGKILL) after `killAfter` ms. */
export function assay(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; killAfter?: number } = {},
): Promise<Ended> {
  const started = performance.now();
  const program = join(installationFolder(), 'test', 'support', 'assay.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const timer =
    options.killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfter);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, milliseconds: performance.now() - started, stdout, stderr });
    });
  });
}
