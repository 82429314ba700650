import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { removeStalePid } from '../../scripts/servers/postgres.mjs';
import { childrenOf, commandLine, end, killTree, launch, ownProcess } from '../../scripts/servers/process.mjs';

const folder = mkdtempSync(join(tmpdir(), 'assay-process-'));
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process that waits, with these words in its command line. */
function sleeper(program: string, ...words: string[]): number {
  const child = spawn(process.execPath, ['-e', program, ...words], { stdio: 'ignore' });
  started.push(child);
  return child.pid!;
}

const WAIT = 'setInterval(() => {}, 1000)';

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await pause(10);
}

describe('a pid file', () => {
  it('is believed only when the command line names the folder', () => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'pid');
    const own = sleeper(WAIT, `${folder}/x.conf`);
    writeFileSync(file, String(own));
    expect(ownProcess(file, folder)).toBe(own);
    writeFileSync(file, String(sleeper(WAIT, `${folder}-of-another-set/x.conf`)));
    expect(ownProcess(file, folder)).toBeUndefined();
    for (const text of ['', '0', '1', '-5', 'x', '4194304999']) {
      writeFileSync(file, text);
      expect(ownProcess(file, folder), text).toBeUndefined();
    }
    rmSync(file);
    expect(ownProcess(file, folder)).toBeUndefined();
  });

  it('that Postgres left behind goes only when no Postgres of the folder has its id', () => {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    const file = join(data, 'postmaster.pid');
    expect(removeStalePid(data)).toBe(false);
    writeFileSync(file, `${sleeper(WAIT, '-D', data, '-p')}\n${data}\n`);
    expect(removeStalePid(data)).toBe(false);
    expect(existsSync(file)).toBe(true);
    // Its id belongs to another program by now.
    writeFileSync(file, `${sleeper(WAIT)}\n${data}\n`);
    expect(removeStalePid(data)).toBe(true);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '4194304\n');
    expect(removeStalePid(data)).toBe(true);
  });
});

describe('processes', () => {
  it('are killed with their children', async () => {
    const parent = sleeper(
      `const { spawn } = require('node:child_process');
       for (let i = 0; i < 2; i++) spawn(process.execPath, ['-e', '${WAIT}'], { detached: true, stdio: 'ignore' });
       ${WAIT}`,
    );
    await until(() => childrenOf(parent).length === 2);
    const all = [parent, ...childrenOf(parent)];
    await killTree(parent);
    expect(all.map(commandLine)).toEqual([undefined, undefined, undefined]);
  });

  it('outlive the one that launched them, with a log, and end politely', async () => {
    const program = `process.on('SIGTERM', () => { console.log('bye'); process.exit() }); console.log('hello'); ${WAIT}`;
    const log = join(folder, 'log');
    launch(folder, [process.execPath, '-e', program, `${folder}/x`]);
    const find = () => ownProcess(join(folder, 'pid'), folder);
    expect(find()).toBeGreaterThan(1);
    await until(() => readFileSync(log, 'utf8') === 'hello\n');
    await end(find, 'SIGTERM');
    expect(find()).toBeUndefined();
    expect(readFileSync(log, 'utf8')).toBe('hello\nbye\n');
  });

  it('that cannot be started are told', () => {
    expect(() => launch(folder, ['no-such-program'])).toThrow('"no-such-program" could not be started');
  });
});
