import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { processResources, resourcesSince } from '../../src/observe/index.js';

it('counts the processor time of other threads, and the memory of the whole process', async () => {
  const before = processResources();
  const filled = 'const held = new Uint8Array(64 * 1048576).fill(1);';
  const worker = new Worker(`${filled} for (let i = 0; i < 1e8; i++) held[i & 1023]++;`, { eval: true, execArgv: [] });
  await new Promise((done) => worker.once('exit', done));
  const { cpuSeconds, peakMemoryMb } = resourcesSince(before);
  expect(cpuSeconds).toBeGreaterThan(0.01);
  expect(peakMemoryMb).toBeGreaterThan(64);
  expect(peakMemoryMb).toBeGreaterThanOrEqual(Math.round(before.peakMemoryMb * 10) / 10);
});
