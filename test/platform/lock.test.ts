import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lives, readHolder, takeLock } from '../../src/platform/lock.js';
import { thisProcess } from '../../src/platform/process-identity.js';
import { built, Child } from './child.js';
import { folder } from './folder.js';

const taking = (dataDir: string, then: string): Child =>
  new Child(`
    import { takeLock } from ${JSON.stringify(built('platform/lock.js'))};
    const wait = () => new Promise((resolve) => process.stdin.once('data', resolve));
    const dataDir = ${JSON.stringify(dataDir)};
    ${then}`);

it('refuses a second writer by name, and is free again after release', async () => {
  const dataDir = folder();
  const lock = await takeLock(dataDir);
  await expect(takeLock(dataDir)).rejects.toMatchObject({
    code: 'DATA_DIR_LOCKED',
    message: expect.stringContaining(`process ${process.pid} (`),
    details: { pid: process.pid },
  });
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
  (await takeLock(dataDir)).release();
});

it('is held against other processes, and taken over when its owner was killed', async () => {
  const dataDir = folder();
  const owner = taking(dataDir, "await takeLock(dataDir); console.log('held'); await wait();");
  await owner.says('held');
  await expect(takeLock(dataDir)).rejects.toMatchObject({ details: { pid: owner.process.pid } });
  await owner.kill();
  const lock = await takeLock(dataDir);
  expect(lock.holder.pid).toBe(process.pid);
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
});

it('goes to exactly one of many that find a dead owner', async () => {
  const dataDir = folder();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const dead = { ...thisProcess(), pid, started: '1', token: 'dead', host: '', command: 'x', protocol: 0, since: '' };
  writeFileSync(join(dataDir, 'assay.lock'), JSON.stringify(dead));
  const rivals = Array.from({ length: 4 }, () =>
    taking(
      dataDir,
      `console.log('ready'); await wait();
       await takeLock(dataDir).then(() => console.log('won'), (error) => console.log(error.code));
       await wait();`,
    ),
  );
  await Promise.all(rivals.map((rival) => rival.says('ready')));
  for (const rival of rivals) rival.process.stdin?.write('go\n');
  await Promise.all(rivals.map((rival) => Promise.race([rival.says('won'), rival.says('DATA_DIR_LOCKED')])));
  expect(rivals.filter((rival) => rival.output.includes('won'))).toHaveLength(1);
  await Promise.all(rivals.map((rival) => rival.kill()));
});

it('passes the right to take over on when its holder dies too', async () => {
  const dataDir = folder();
  const gone = { ...thisProcess(), pid: 2 ** 22 + 1, host: '', command: 'x', protocol: 0, since: '' };
  writeFileSync(join(dataDir, 'assay.lock'), JSON.stringify({ ...gone, token: 'a' }));
  writeFileSync(join(dataDir, 'assay.lock.over-a'), JSON.stringify({ ...gone, token: 'b' }));
  const lock = await takeLock(dataDir);
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
});

it('knows a process by its start, and cannot judge one on another machine', async () => {
  const dataDir = folder();
  const { holder, release } = await takeLock(dataDir);
  expect(await lives(holder)).toBe(true);
  expect(await lives({ ...holder, started: '1' })).toBe(false);
  expect(await lives({ ...holder, boot: 'another', host: 'elsewhere' })).toBe(true);
  expect(await lives({ ...holder, boot: 'before the restart' })).toBe(false);
  const container = { ...holder, namespace: 'pid:[1]', socket: dataDir };
  expect(await lives(container, async () => true)).toBe(true);
  expect(await lives(container, async () => false)).toBe(false);
  release();
  expect(readHolder(dataDir)).toBeUndefined();
});

it('takes over a lock that a power failure has emptied', async () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'assay.lock'), '');
  (await takeLock(dataDir)).release();
  expect(readHolder(dataDir)).toBeUndefined();
});
