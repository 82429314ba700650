import { readFileSync, readlinkSync } from 'node:fs';

/** Tells a process from a later one with the same id, where the system says enough. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks from boot to its start. */
  started?: string;
  /** Of the running system; changes when it is started again. */
  boot?: string;
  /** Process ids mean something only within one of these (a container has its own). */
  namespace?: string;
}

let self: ProcessIdentity | undefined;

export function thisProcess(): ProcessIdentity {
  self ??= {
    pid: process.pid,
    ...known('started', startOf(process.pid)),
    ...known('boot', bootId()),
    ...known('namespace', namespace()),
  };
  return self;
}

/** Whether the process still runs; undefined when that cannot be seen from here. */
export function isAlive(identity: ProcessIdentity): boolean | undefined {
  const { boot, namespace } = thisProcess();
  if (identity.boot !== boot && identity.boot !== undefined) return undefined;
  if (identity.namespace !== namespace && identity.namespace !== undefined) return undefined;
  if (identity.pid <= 0) return false;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = startOf(identity.pid);
  return started === undefined || identity.started === undefined || started === identity.started;
}

/** Field 22 of /proc/PID/stat; the second, the name, is in parentheses and may hold anything. A dead process that nobody waited for (Z) has ended. */
function startOf(pid: number): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? 'ended' : fields?.[19];
}

function bootId(): string | undefined {
  return read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}

function namespace(): string | undefined {
  return read(() => readlinkSync('/proc/self/ns/pid'));
}

function read(source: () => string): string | undefined {
  try {
    return source();
  } catch {
    return undefined;
  }
}

function known<K extends string>(name: K, value: string | undefined): { [key in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: string });
}
