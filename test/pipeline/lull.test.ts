import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Look, Lull } from '../../src/pipeline/lull.js';
import { Rate } from '../../src/pipeline/rate.js';

const never = new AbortController().signal;

/** Marks that wait, a stage that does the oldest of them one by one, and what was done. */
function marks(waiting: number[], flood: () => boolean) {
  const done: number[] = [];
  const look = async (): Promise<Look> => ({
    oldest: waiting[0] ?? null,
    newest: Math.max(0, ...waiting),
    flood: flood(),
  });
  const portion = async (): Promise<number> => {
    const mark = waiting.shift();
    if (mark === undefined) return 0;
    done.push(mark);
    return 1;
  };
  return { look, portion, done };
}

it('does all there is at once where little comes', async () => {
  const { look, portion, done } = marks([1, 2, 3], () => false);
  expect(await new Lull(look, 60_000).work(never, portion)).toBe(3);
  expect(done).toEqual([1, 2, 3]);
});

it('waits for a flood to end', async () => {
  let flood = true;
  const { look, portion, done } = marks([1, 2], () => flood);
  const work = new Lull(look, 60_000).work(never, portion);
  await sleep(20);
  expect(done).toEqual([]);
  flood = false;
  await work;
  expect(done).toEqual([1, 2]);
});

it('waits no longer than its patience, and leaves what came after', async () => {
  const waiting = [1, 2];
  const { look, portion, done } = marks(waiting, () => true);
  await new Lull(look, 1).work(never, async () => {
    waiting.push(10 + done.length);
    return portion();
  });
  expect(done).toEqual([1, 2]);
  expect(waiting).toEqual([10, 11]);
});

it('begins to wait anew when others have done the oldest, but not for ever', async () => {
  const waiting = [1];
  let looks = 0;
  const { look, portion, done } = marks(waiting, () => true);
  const began = performance.now();
  await new Lull(async () => {
    looks++;
    for (const oldest of waiting.splice(0)) waiting.push(oldest + 1);
    return look();
  }, 400).work(never, portion);
  // Each look finds another oldest: by that alone it would wait on.
  expect(performance.now() - began).toBeGreaterThanOrEqual(800);
  expect(looks).toBeGreaterThan(2);
  expect(done).toHaveLength(1);
});

it('knows a burst by what a number grew by within the window, and forgets it after', () => {
  const rate = new Rate(1000);
  expect(rate.of(5, 0)).toBe(0);
  expect(rate.of(505, 60_000)).toBe(500);
  expect(rate.of(505, 60_900)).toBe(500);
  expect(rate.of(515, 61_500)).toBe(10);
});
