import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installationFolder } from '../../src/installation.js';

/** URL of a built module, for programs of child processes. */
export function built(path: string): string {
  return pathToFileURL(join(installationFolder(), 'dist', 'src', path)).href;
}

/** Runs a module program in a child process, whose lines on stdout can be waited for. */
export class Child {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output = '';
  errors = '';
  readonly #waiting = new Set<() => void>();

  constructor(program: string) {
    this.process = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (part) => {
      this.output += part;
      this.#wake();
    });
    this.process.stderr?.on('data', (part) => {
      this.errors += part;
    });
    this.ended = new Promise((resolve) => {
      this.process.on('close', (code, signal) => {
        resolve({ code, signal });
        this.#wake();
      });
    });
  }

  /** Resolves when the child has printed the text; rejects when it ends without. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        throw new Error(
          `the child ended (${this.process.exitCode ?? this.process.signalCode}): ${this.output}${this.errors}`,
        );
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
