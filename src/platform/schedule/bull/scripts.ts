/** The schedule's own commands, each one atomic script. A run's lock holds `token|job id`. */
export const SCRIPTS = {
  /** run state | holder lockMs started id → '' when the run may begin, else who holds it; `|` when that very job has ended. */
  scheduleBegin: {
    numberOfKeys: 2,
    lua: `
local holder = redis.call('GET', KEYS[1])
if holder then return holder end
if redis.call('HGET', KEYS[2], 'last') == ARGV[4] then return '|' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('HSET', KEYS[2], 'started', ARGV[3])
return ''`,
  },
  /** run | holder lockMs → 1 while the run is still ours; one that Redis forgot, and nobody took, is taken again. */
  scheduleRenew: {
    numberOfKeys: 1,
    lua: `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`,
  },
  /** run state | holder finished error id → 1, unless another run began meanwhile. */
  scheduleEnd: {
    numberOfKeys: 2,
    lua: `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[2], 'finished', ARGV[2], 'last', ARGV[4])
if ARGV[3] == '' then redis.call('HDEL', KEYS[2], 'error') else redis.call('HSET', KEYS[2], 'error', ARGV[3]) end
return 1`,
  },
} as const;
