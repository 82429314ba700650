/**
 * The cache's commands, each one atomic script. A value is a hash: `version`, `data` (JSON; absent in a tombstone, whose
 * version is the least that is taken in), `epoch` and `until` (milliseconds of the server's clock, so that clocks of
 * processes do not matter). `epoch` is a hash too: the epoch that counts, and the run id of the server it began on.
 */
export const SCRIPTS = {
  /** value epoch lock | token lockMs → epoch, version, data, milliseconds fresh, whether the lock was taken; nil without epoch. */
  cacheRead: {
    numberOfKeys: 3,
    lua: `
local epoch = redis.call('HGET', KEYS[2], 'epoch')
if not epoch then return nil end
local value = redis.call('HMGET', KEYS[1], 'version', 'data', 'epoch', 'until')
local left, locked = 0, 0
if value[2] and value[3] == epoch then
  local time = redis.call('TIME')
  left = tonumber(value[4]) - time[1] * 1000 - math.floor(time[2] / 1000)
end
if left <= 0 and ARGV[1] ~= '' and redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[2]) then locked = 1 end
return {epoch, value[1], value[2], left, locked}`,
  },
  /**
   * value epoch lock | version data freshMs keepMs epoch token channel message → kept, older or epoch.
   * With an epoch it is what a load gave: it stands against anything that was past its time when the load began.
   */
  cacheWrite: {
    numberOfKeys: 3,
    lua: `
if ARGV[6] ~= '' and redis.call('GET', KEYS[3]) == ARGV[6] then redis.call('DEL', KEYS[3]) end
local epoch = redis.call('HGET', KEYS[2], 'epoch')
if not epoch or (ARGV[5] ~= '' and ARGV[5] ~= epoch) then return 'epoch' end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local before = redis.call('HMGET', KEYS[1], 'version', 'data', 'epoch', 'until')
if before[1] and tonumber(before[1]) > tonumber(ARGV[1]) then
  local outlived = before[2] and ARGV[5] ~= '' and (before[3] ~= epoch or tonumber(before[4]) <= now)
  if not outlived then return 'older' end
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'data', ARGV[2], 'epoch', epoch, 'until', string.format('%.0f', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if ARGV[7] ~= '' then redis.call('PUBLISH', ARGV[7], ARGV[8]) end
return 'kept'`,
  },
  /** value1 lock1 value2 lock2 … | tombstoneMs channel message floor1 floor2 … */
  cacheInvalidate: {
    lua: `
for i = 1, #KEYS / 2 do
  local key, floor = KEYS[2 * i - 1], ARGV[3 + i]
  local version = redis.call('HGET', key, 'version')
  if not version or tonumber(version) < tonumber(floor) then
    redis.call('DEL', key)
    redis.call('HSET', key, 'version', floor)
    redis.call('PEXPIRE', key, ARGV[1])
  end
  redis.call('DEL', KEYS[2 * i])
end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1`,
  },
  /** lock | token */
  cacheRelease: {
    numberOfKeys: 1,
    lua: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`,
  },
  /** epoch | runId newEpoch force channel message → 1 when a new epoch began that another one went before. */
  cacheBegin: {
    numberOfKeys: 1,
    lua: `
local run = redis.call('HGET', KEYS[1], 'run')
if run == ARGV[1] and ARGV[3] ~= '1' then return 0 end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'epoch', ARGV[2])
if not run then return 0 end
redis.call('PUBLISH', ARGV[4], ARGV[5])
return 1`,
  },
} as const;
