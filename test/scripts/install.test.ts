import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installInto } from '../../scripts/servers/install.mjs';
import { withLock } from '../../scripts/servers/lock.mjs';
import { startOf } from '../../scripts/servers/process.mjs';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'assay-install-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const fill = async (folder: string, scratch: string) => {
  writeFileSync(join(scratch, 'archive'), 'x');
  await pause(5);
  writeFileSync(join(folder, 'program'), 'x');
};

describe('an install', () => {
  it('leaves the program alone, and is done once', async () => {
    const target = join(cache, 'thing-1');
    expect(await installInto(target, fill)).toBe(true);
    expect(await installInto(target, () => Promise.reject(new Error('again')))).toBe(false);
    expect(readdirSync(cache)).toEqual(['thing-1']);
    expect(readdirSync(target)).toEqual(['program']);
  });

  it('that fails leaves nothing, and may be tried again', async () => {
    const target = join(cache, 'thing-1');
    const half = async (folder: string) => {
      writeFileSync(join(folder, 'program'), 'half');
      throw new Error('the network is away');
    };
    await expect(installInto(target, half)).rejects.toThrow('the network is away');
    expect(readdirSync(cache)).toEqual([]);
    expect(await installInto(target, fill)).toBe(true);
    expect(readFileSync(join(target, 'program'), 'utf8')).toBe('x');
  });

  it('takes over from one that was killed', async () => {
    const target = join(cache, 'thing-1');
    mkdirSync(`${target}.partial-4194304`);
    writeFileSync(`${target}.lock`, '4194304 1');
    expect(await installInto(target, fill)).toBe(true);
    expect(readdirSync(cache)).toEqual(['thing-1']);
  });
});

describe('a lock', () => {
  it('is held by one at a time, and given back after a failure', async () => {
    const file = join(cache, 'lock');
    let holders = 0;
    const work = () =>
      withLock(file, async () => {
        expect(++holders).toBe(1);
        await pause(5);
        holders--;
      });
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await work();
    await work();
    expect(readdirSync(cache)).toEqual([]);
  });

  it('of a running process is waited for', async () => {
    const file = join(cache, 'lock');
    writeFileSync(file, `${process.ppid} ${startOf(process.ppid)}`);
    let entered = false;
    const waiting = withLock(file, async () => {
      entered = true;
    });
    await pause(50);
    expect(entered).toBe(false);
    rmSync(file);
    await waiting;
    expect(entered).toBe(true);
  });
});
