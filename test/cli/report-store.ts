import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import type { CommandIo } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { openWorkspace, type Workspace } from '../../src/workspace.js';
import { CONTRACT, SOURCE } from '../config/folder.js';

/** A stream that keeps what is written to it. */
class Kept extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** An installation in a temporary folder: a configuration, a data directory, and the command line over both. */
export class Installation {
  readonly base = mkdtempSync(join(tmpdir(), 'assay-cli-'));

  constructor(sources: readonly string[]) {
    const files = ['assay.yaml', 'contracts/shop.yaml', ...sources.map((name) => `sources/${name}.yaml`)];
    const texts = ['data_dir: data\n', CONTRACT, ...sources.map(() => SOURCE)];
    files.forEach((file, at) => {
      const path = join(this.base, 'config', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, texts[at]!);
    });
  }

  /** A command's outside, with what it wrote so far. */
  io(): { io: CommandIo; out: () => string; err: () => string } {
    const [stdout, stderr] = [new Kept(), new Kept()];
    return {
      io: { stdout, stderr, env: {}, cwd: this.base, signal: new AbortController().signal },
      out: () => stdout.text,
      err: () => stderr.text,
    };
  }

  /** Runs a command line. One that opens the platform pays for a start of the database. */
  async assay(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    const { io, out, err } = this.io();
    const code = await main(argv, io);
    return { code, out: out(), err: err() };
  }

  open(): Promise<Workspace> {
    return openWorkspace(join(this.base, 'config'), this.io().io, { write: true });
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
}
