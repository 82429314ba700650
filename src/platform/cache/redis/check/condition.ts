import type { ServerFinding } from '../../../finding.js';
import { ok, warning, wrong } from './finding.js';

/** Older ones have no users with rights of their own. */
const OLDEST = 6;
/** A job starts that much too early or too late. */
const SKEW_MS = 2000;

/** What the server's INFO says of it: version, part in a cluster, role, and what it does when its memory is full. */
export function judgeInfo(text: string): ServerFinding[] {
  const info = new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const at = line.indexOf(':');
      return line.startsWith('#') || at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
  return [version(info), mode(info), role(info), memory(info)];
}

function version(info: ReadonlyMap<string, string>): ServerFinding {
  const text = info.get('redis_version') ?? 'unknown';
  if (Number.parseInt(text, 10) >= OLDEST) return ok('version', `Redis ${text}`);
  return wrong('version', `Redis ${text} is too old`, `Use Redis ${OLDEST} or newer; 7 is what the tests run on.`);
}

function mode(info: ReadonlyMap<string, string>): ServerFinding {
  if (info.get('cluster_enabled') === '1')
    return wrong(
      'mode',
      'the server is part of a cluster: scripts that touch several keys are refused',
      'Point REDIS_URL to a server without cluster mode; for failover use replicas behind one address.',
    );
  return ok('mode', 'no cluster');
}

function role(info: ReadonlyMap<string, string>): ServerFinding {
  if (info.get('role') !== 'slave') return ok('role', 'takes writes');
  const master = `${info.get('master_host')}:${info.get('master_port')}`;
  return wrong(
    'role',
    `the server is a replica of ${master}`,
    'Point REDIS_URL to the primary, or to the address that follows it when it fails over.',
  );
}

function memory(info: ReadonlyMap<string, string>): ServerFinding {
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const limit = Number(info.get('maxmemory') ?? 0);
  const advice = 'CONFIG SET maxmemory-policy noeviction, and maxmemory-policy noeviction in redis.conf.';
  if (policy === 'noeviction') return ok('memory', limit === 0 ? 'no limit' : `refuses writes beyond ${limit} bytes`);
  if (limit === 0)
    return warning('memory', `with a limit it would remove keys (${policy}), scheduled jobs too`, advice);
  return wrong('memory', `removes keys beyond ${limit} bytes (${policy}), scheduled jobs too`, advice);
}

/**
 * @param time what TIME answered: seconds and microseconds
 * @param before this machine's clock before it was asked, and `after`, in milliseconds since 1970
 */
export function judgeClock(time: readonly [string, string], before: number, after: number): ServerFinding {
  const there = Number(time[0]) * 1000 + Number(time[1]) / 1000;
  const ahead = there > after ? there - after : there < before ? there - before : 0;
  if (Math.abs(ahead) <= SKEW_MS) return ok('clock', 'agrees with this machine');
  const seconds = (Math.abs(ahead) / 1000).toFixed(1);
  return warning(
    'clock',
    `the server's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine's: scheduled jobs start early or late`,
    'Let both machines set their clocks by NTP (chrony, systemd-timesyncd).',
  );
}
