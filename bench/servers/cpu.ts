import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for everyone, whatever the kernel's own tick. */
const TICKS = 100;

interface Times {
  parent: number;
  /** CPU ticks of the process, and of those of its children that have ended. */
  own: number;
  ended: number;
}

function timesOf(pid: number): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name may hold spaces and brackets: fields are counted from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (field: number): number => Number(fields[field - 3]);
    return { parent: at(4), own: at(14) + at(15), ended: at(16) + at(17) };
  } catch {
    return undefined;
  }
}

/** CPU seconds that a process has used, all its threads together; 0 when it is gone. */
export function cpuSecondsOf(pid: number): number {
  return (timesOf(pid)?.own ?? 0) / TICKS;
}

/** Seconds in which a thread of the process ran, or was ready to and waited for a core that others had. */
export function readySecondsOf(pid: number): number {
  let nanoseconds = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const [ran, waited] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ');
      nanoseconds += Number(ran) + Number(waited);
    }
  } catch {
    // A thread, or the process, ended meanwhile.
  }
  return nanoseconds / 1e9;
}

/** CPU seconds of a process and of all that it started, also of what has ended. */
export function treeCpuSeconds(pid: number): number {
  const all = new Map<number, Times>();
  for (const name of readdirSync('/proc')) {
    const times = /^\d+$/.test(name) ? timesOf(Number(name)) : undefined;
    if (times !== undefined) all.set(Number(name), times);
  }
  const sum = (of: number): number => {
    const times = all.get(of);
    if (times === undefined) return 0;
    let ticks = times.own + times.ended;
    for (const [child, { parent }] of all) if (parent === of) ticks += sum(child);
    return ticks;
  };
  return sum(pid) / TICKS;
}

/** Most memory that a process ever had, in MB; 0 when it is gone. */
export function peakMegabytesOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
