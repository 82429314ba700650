import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationFolder } from '../../../../src/installation.js';
import { type KafkaLog, openKafkaLog } from '../../../../src/platform/log/kafka/index.js';
import { removeTopics } from '../../../support/kafka.js';
import { freshNamespace, servers } from '../../../support/servers.js';

const TOTAL = 6000;

describe('workers of one group in processes of their own', () => {
  const namespace = freshNamespace();
  const children: ChildProcess[] = [];
  let log: KafkaLog;
  beforeEach(async () => {
    log = await openKafkaLog({ brokers: [servers().kafka], namespace, sessionTimeoutMs: 6000 });
    await log.createTopics([
      { name: 'in', partitions: 6, compact: true },
      { name: 'out', partitions: 6, compact: true },
    ]);
  });
  afterEach(async () => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await log.close();
    await removeTopics(namespace);
  });

  function worker(): ChildProcess {
    const program = join(installationFolder(), 'test', 'support', 'kafka-copier.mjs');
    const child = spawn(process.execPath, [program, servers().kafka, namespace], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }
  /** Returns when the worker has begun so many batches from now on. */
  async function begins(child: ChildProcess, batches: number): Promise<void> {
    let rest = batches;
    for await (const [chunk] of on(child)) {
      rest -= String(chunk).trim().split('\n').length;
      if (rest <= 0) return;
    }
  }
  async function* on(child: ChildProcess): AsyncGenerator<[Buffer]> {
    for (;;) yield (await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
  }

  it('lose nothing and do nothing twice when they are added, killed, and halted until others have their partitions', async () => {
    const seen = new Map<string, number>();
    const stop = new AbortController();
    const reader = log.consume(
      { topic: 'out', from: async () => 0, maxMessages: 500, signal: stop.signal },
      async (batch) => {
        for (const { key } of batch.messages) seen.set(key, (seen.get(key) ?? 0) + 1);
      },
    );
    const append = (from: number, to: number): Promise<void> =>
      log.append(
        'in',
        Array.from({ length: to - from }, (_, i) => ({ key: `key-${from + i}`, value: `value ${from + i}` })),
      );
    await append(0, TOTAL / 2);
    const [first, second] = [worker(), worker()];
    await Promise.all([begins(first, 3), begins(second, 3)]);
    // Added: the others give partitions up in the middle of their work.
    const third = worker();
    await begins(third, 3);
    second.kill('SIGKILL');
    // Halted for longer than a session: the others take its partitions, and it knows nothing of that when it goes on.
    third.kill('SIGSTOP');
    await append(TOTAL / 2, TOTAL);
    await begins(first, 5);
    await sleep(7000);
    third.kill('SIGCONT');
    while (seen.size < TOTAL) await sleep(50);
    for (const child of [first, third]) child.kill('SIGTERM');
    await Promise.all([first, third].map((child) => (child.exitCode === null ? once(child, 'exit') : undefined)));
    expect([first.exitCode, third.exitCode]).toEqual([0, 0]);
    const positions = await log.positions('in', 'copy');
    expect(positions.map(({ committed }) => committed)).toEqual(positions.map(({ end }) => end));
    stop.abort();
    await reader;
    expect([...seen].filter(([, times]) => times !== 1)).toEqual([]);
  });
});
