import { CronExpressionParser } from 'cron-parser';
import { AssayError, messageOf } from '../../errors.js';

const NAMED: Record<string, string> = { hourly: '0 * * * *', daily: '0 0 * * *', weekly: '0 0 * * 1' };

/** The first time after `now` that a job is due, both in milliseconds since 1970. Times are UTC. */
export function nextTime(when: string, now: number): number {
  const expression = NAMED[when] ?? when;
  try {
    if (expression.trim().split(/\s+/).length !== 5) throw new Error('a cron expression has five fields');
    return CronExpressionParser.parse(expression, { currentDate: new Date(now), tz: 'UTC' })
      .next()
      .getTime();
  } catch (error) {
    throw new AssayError('CONFIG_INVALID', `"${when}" is no schedule: ${messageOf(error)}`, { cause: error });
  }
}
