import { built, Child } from '../../child.js';

/**
 * A process that defines the hourly job `j` and runs it: it says `begin N`, where N is how many runs there are at once, and
 * `end`. A run lasts for `lasts` ms, or, without that, until it is told to stop. A line on its input triggers the job.
 */
export function worker(options: { url: string; namespace: string; lockMs: number }, lasts?: number): Child {
  return new Child(`
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { openBullSchedule } from ${JSON.stringify(built('platform/schedule/bull/index.js'))};

const options = ${JSON.stringify(options)};
const lasts = ${JSON.stringify(lasts ?? null)};
const redis = new Redis(options.url);
const schedule = await openBullSchedule({ ...options, checkMs: 50 });
await schedule.define({
  name: 'j',
  when: 'hourly',
  run: async (signal) => {
    console.log('begin', await redis.incr(options.namespace + ':at-once'));
    await sleep(lasts ?? 3_600_000, undefined, { signal }).catch(() => {});
    await redis.decr(options.namespace + ':at-once');
    console.log('end');
  },
});
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'status') console.log(JSON.stringify(await schedule.status()));
  else void schedule.trigger('j').then(() => console.log('triggered', line));
}
await schedule.close();
console.log('closed');
await redis.quit();
`);
}
