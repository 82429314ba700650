import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installationFolder } from '../../src/installation.js';

export interface StartedService {
  /** `http://127.0.0.1:PORT`. */
  address: string;
  stdout: () => string;
  stderr: () => string;
  /** Resolves once /ready answers 200 and the report is printed. */
  ready(): Promise<void>;
  /** Sends SIGINT; resolves to how the process ended. */
  stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(): void;
}

/** What `npm start` starts once everything is built, with a data directory and a port of its own; `env` may name servers. */
export async function startMain(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<StartedService> {
  const root = installationFolder();
  const child = spawn(process.execPath, [join(root, 'dist', 'src', 'main.js')], {
    cwd: root,
    env: { ...process.env, ...env, ASSAY_DATA_DIR: dataDir, PORT: '0', HOST: '127.0.0.1' },
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
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const until = async (what: string, holds: () => Promise<boolean> | boolean) => {
    while (!(await holds())) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`ended before ${what}: ${child.exitCode ?? child.signalCode}\n${stderr}`);
      await sleep(100);
    }
  };
  await until('it listened', () => /listens on http/.test(stderr));
  const address = /listens on (http:\/\/127\.0\.0\.1:\d+)/.exec(stderr)![1]!;
  return {
    address,
    stdout: () => stdout,
    stderr: () => stderr,
    ready: async () => {
      await until('it was ready', async () => (await fetch(`${address}/ready`)).status === 200);
      await until('it reported', () => stdout.includes('Stop: Ctrl-C'));
    },
    stop: async () => {
      child.kill('SIGINT');
      const [code, signal] = await ended;
      return { code, signal };
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
