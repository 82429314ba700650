import { expect, it } from 'vitest';
import { platformFigures } from '../../src/pipeline/figures.js';
import type { Platform } from '../../src/platform/index.js';

it('waits a while only for servers that do not answer, and asks them one question at a time', async () => {
  let asked = 0;
  let answer: (rows: unknown[]) => void = () => {};
  const waiting = new Promise<unknown[]>((resolve) => {
    answer = resolve;
  });
  const query = () => {
    asked++;
    return waiting;
  };
  const { pending } = platformFigures({ database: { query } } as unknown as Platform, 5);
  await expect(pending()).rejects.toThrow('no answer within 5 ms');
  await expect(pending()).rejects.toThrow('no answer within 5 ms');
  expect(asked).toBe(1);
  answer([{ outbox: 3 }]);
  await expect(pending()).resolves.toMatchObject({ outbox: 3 });
  expect(await pending()).toMatchObject({ outbox: 3 });
  expect(asked).toBeGreaterThan(1);
});
